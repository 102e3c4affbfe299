/** Build the explorables of a page, each from the data of its run and a module of its own. */

/**
 * @param {HTMLElement[]} places
 * @param {URL} base the address of assets/
 */
export async function start(places, base) {
  for (const place of places) {
    const name = place.dataset.explorable;
    const [module, data] = await Promise.all([
      import(`./explorables/${name.replace("/", "-").replaceAll("_", "-")}.js`),
      fetch(new URL(`data/${name}.json`, base)).then((answer) => answer.json()),
    ]);
    module.build(place, data);
  }
}
