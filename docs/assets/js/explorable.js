/** Build the explorables of a page, each from the data of its run and a module of its own, when it comes near. */

async function build(place, base) {
  const name = place.dataset.explorable;
  const [module, data] = await Promise.all([
    import(`./explorables/${name.replace("/", "-").replaceAll("_", "-")}.js`),
    fetch(new URL(`data/${name}.json`, base)).then((answer) => answer.json()),
  ]);
  module.build(place, data);
}

function styled(base) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("css/explorables.css", base);
  return new Promise((resolve) => {
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

/**
 * @param {HTMLElement[]} places
 * @param {URL} base the address of assets/
 */
export async function start(places, base) {
  await styled(base);
  const near = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      build(target, base);
    }
  }, { rootMargin: "1200px" });
  for (const place of places) near.observe(place);
}
