/** Each time and day of the page as its reader writes them, times by the clock of where they are; held over it stands what was there. */
const told = new Intl.DateTimeFormat(navigator.language, { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat(navigator.language, { dateStyle: "medium", timeZone: "UTC" }); // it is the same wherever one reads it

export function tellTimes() {
  for (const one of document.querySelectorAll("time[datetime]:not([title])")) {
    one.title = one.textContent;
    one.textContent = (one.dateTime.includes("T") ? told : day).format(new Date(one.dateTime));
  }
}
tellTimes();
