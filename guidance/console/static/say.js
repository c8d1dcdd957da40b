/** Words for those who see them and those who hear them: what is put into a status anew is read out anew, so only what is other is. */
export function say(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
