// Putting right: lines for corrections.tsv, copied for the graph's folder.

const COLUMNS = ["op", "type", "name", "other", "relation", "paper", "note"];

/** A line of corrections.tsv; tabs and line ends cannot stand in a column. */
const correction = (columns) => COLUMNS.map((name) => (columns[name] || "").replace(/\s+/g, " ")).join("\t");

/** Put a text where the next paste takes it from; say so, also to a screen reader. */
async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // some browsers keep the clipboard from pages on disk
    const area = el("textarea", { value: text, className: "unseen", "aria-hidden": "true" });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  $("copied").textContent = `Copied: ${what}`;
  $("copied").hidden = false;
  clearTimeout(copy.timer);
  copy.timer = setTimeout(() => { $("copied").hidden = true; }, 4000);
}

const copyLine = (columns) => copy(`${correction(columns)}\n`, `a line for corrections.tsv: ${columns.op} ${columns.name}`);

function copyButton(label, columns, hint) {
  const act = () => {
    const line = columns();
    if (line) copyLine(line);
  };
  return el("button", { type: "button", className: "copy", title: hint, onclick: act }, label);
}

/** An input that offers names of the page as one types: those of the nodes that may be meant. */
function nameInput(id, label, placeholder, may) {
  const list = el("datalist", { id });
  const input = el("input", { type: "text", "aria-label": label, placeholder, autocomplete: "off" });
  input.setAttribute("list", id);
  input.oninput = () => {
    const typed = plain(input.value).trim();
    const found = typed ? NODES.filter((one, i) => may(one, i) && SEARCHED[i].name.includes(typed)).slice(0, 30) : [];
    list.replaceChildren(...found.map((one) => el("option", { value: one.name })));
  };
  return [input, list];
}

/** What a person can decide about an entity: one with another, another type, none at all. */
function putRight(node) {
  const [into, names] = nameInput("names", "Name of the thing that it is", "is the thing called …",
    (one) => one.type === node.type && one !== node);
  into.required = true;
  const type = el("select", { "aria-label": "Type that it has" },
    ...DATA.types.filter(({ name }) => name !== "Paper" && name !== node.type).map(({ name }) => el("option", { value: name }, name)));
  const about = (op, other) => ({ op, type: node.type, name: node.name, other });
  return el("details", { className: "right" }, el("summary", {}, "Put right"),
    el("p", { className: "note" }, "Copies a line for corrections.tsv in the graph's folder."),
    el("p", {}, into, names, copyButton("Copy merge", () => into.reportValidity() && about("merge", into.value), "It is one with the thing of that name")),
    el("p", {}, type, copyButton("Copy retype", () => about("retype", type.value), "It is of that type")),
    el("p", {}, copyButton("Copy stop", () => about("stop", ""), "It is no entity")));
}

/** The button that rejects a claim. */
function rejectButton(edge) {
  return copyButton("Copy reject", () => ({ op: "reject", name: NODES[edge.s].id, other: NODES[edge.t].id, relation: edge.type }), "The sentences do not say this");
}

/** Why the names of a thing are one: by which rule each came to it. */
function whyOne(node) {
  return el("details", { className: "right" }, el("summary", {}, "Why are these one?"),
    el("ul", {}, ...Object.entries(node.why).map(([rule, forms]) =>
      el("li", {}, ...forms.flatMap((form, n) => [n ? ", " : "", el("b", {}, form)]), ` ${rule}`))));
}

/** The papers of each year as bars. */
function yearBars(byYear) {
  const first = byYear[0][0], last = byYear[byYear.length - 1][0], most = Math.max(...byYear.map(([, n]) => n));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const width = last - first + 1;
  svg.setAttribute("viewBox", `0 0 ${width * 10} 40`);
  svg.setAttribute("width", width * 24); // as wide as the panel at most
  svg.setAttribute("class", "bars");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `Papers by year: ${byYear.map(([year, n]) => `${year}: ${n}`).join(", ")}`);
  svg.setAttribute("preserveAspectRatio", "none");
  for (const [year, n] of byYear) {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const high = Math.max(2, (36 * n) / most);
    for (const [name, value] of Object.entries({ x: (year - first) * 10 + 1, y: 40 - high, width: 8, height: high })) bar.setAttribute(name, value);
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = `${year}: ${count(n, "paper")}`;
    bar.append(title);
    svg.append(bar);
  }
  return el("figure", { className: "byyear" }, svg, el("figcaption", {}, el("span", {}, String(first)), el("span", {}, String(last))));
}
