/** The map of the topics: the topic under the pointer or the focus shows what it rests on and what rests on it. */

/** All that can be reached along the lines, one way. */
function reach(lines, start, from, to) {
  const found = new Set();
  const open = [start];
  while (open.length) {
    const at = open.pop();
    for (const line of lines) {
      if (line.dataset[from] !== at || found.has(line)) continue;
      found.add(line);
      open.push(line.dataset[to]);
    }
  }
  return found;
}

const inSentence = (title) => title[0].toLowerCase() + title.slice(1);

function explore(map, said) {
  const lines = [...map.querySelectorAll(".edge")];
  const nodes = [...map.querySelectorAll(".node")];
  const titles = new Map(nodes.map((node) => [node.dataset.topic, node.dataset.title]));
  const quiet = said.innerHTML;

  function ask(topic) {
    const needed = reach(lines, topic, "to", "from");
    const built = reach(lines, topic, "from", "to");
    const names = (set, end) => new Set([...set].map((line) => line.dataset[end]));
    const below = names(needed, "from");
    const above = names(built, "to");
    map.classList.add("asked");
    for (const line of lines) {
      line.classList.toggle("needed", needed.has(line));
      line.classList.toggle("built", built.has(line));
    }
    for (const node of nodes) {
      const name = node.dataset.topic;
      node.classList.toggle("needed", below.has(name));
      node.classList.toggle("near", name === topic || below.has(name) || above.has(name));
      node.classList.toggle("asked-for", name === topic);
    }
    const list = (set) => nodes.map((node) => node.dataset.topic).filter((one) => set.has(one))
      .map((one) => inSentence(titles.get(one))).join(", ");
    said.textContent = `${titles.get(topic)}: ${below.size ? `rests on ${list(below)}` : "rests on no other topic"}`
      + `${above.size ? `; leads to ${list(above)}` : ""}.`;
  }

  function rest() {
    map.classList.remove("asked");
    for (const one of [...lines, ...nodes]) one.classList.remove("needed", "built", "near", "asked-for");
    said.innerHTML = quiet;
  }

  for (const node of nodes) {
    for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => ask(node.dataset.topic));
    for (const name of ["pointerleave", "blur"]) node.addEventListener(name, rest);
  }
}

/** @param {HTMLElement[]} places */
export function start(places) {
  for (const place of places) {
    const said = place.querySelector(".topic-said");
    for (const map of place.querySelectorAll("svg")) explore(map, said);
  }
}
