/** Each time of the page as its reader writes times, by the clock of where they are; held over it stands the same in UTC. */
const form = new Intl.DateTimeFormat(navigator.language, { dateStyle: "medium", timeStyle: "short" });

for (const one of document.querySelectorAll("time[datetime]")) {
  one.title = one.textContent;
  one.textContent = form.format(new Date(one.dateTime));
}
