/** Where the learner's hotel is: of what a package says for several countries, only that is shown. */

/**
 * Remember the country of a hotel on the page; that of the package where nobody knows the hotel.
 *
 * @param {Course} course
 * @param {string} hotel code
 */
export function goToCountry({ country, hotels }, hotel) {
  document.documentElement.dataset["country"] = hotels.find(({ code }) => code === hotel)?.country ?? country ?? "";
}

/** @param {string | null | undefined} country none: said in every country */
export function isHere(country) {
  return !country || country === document.documentElement.dataset["country"];
}
