/**
 * Where the learner's hotel is, and who the learner is: of what a package says for several countries
 * or profiles, only that is shown.
 */

/**
 * Remember the country of a hotel on the page; that of the package where nobody knows the hotel.
 *
 * @param {Course} course
 * @param {string} hotel code
 */
export function goToCountry({ country, hotels }, hotel) {
  document.documentElement.dataset["country"] = hotels.find(({ code }) => code === hotel)?.country ?? country ?? "";
}

/** @param {string | undefined} key of the learner's profile */
export function goToProfile(key) {
  document.documentElement.dataset["profile"] = key ?? "";
}

/**
 * What the builder has marked with a country or a profile is for who is there, or is that.
 *
 * @param {Element} one
 */
export function isMeant(one) {
  const whom = one.getAttribute("data-profile");
  return isHere(one.getAttribute("data-country")) && (!whom || whom === document.documentElement.dataset["profile"]);
}

/** @param {string | null | undefined} country none: said in every country */
export function isHere(country) {
  return !country || country === document.documentElement.dataset["country"];
}
