// The table beside the map: entities, papers and claims that pass the filters, sorted, to be copied.

/** The words that say it most surely. */
function sentence({ ev: [best] = [] }) {
  const text = best && textOf(NODES[best.p]);
  return best?.q ? quoted(text, best.q, (from, to) => [text.slice(from, to)]).join("") : "";
}
const entityRow = (i) => ({ node: i, cells: [NODES[i].name, NODES[i].type, NODES[i].papers || 0, years(NODES[i]), (NODES[i].aliases || []).join("; ")] });
const paperRow = (i) => ({ node: i, cells: [NODES[i].name, (NODES[i].authors || []).join("; "), years(NODES[i]), NODES[i].venue || "", NODES[i].id] });
const claimRow = (edge) => ({ node: edge.s, cells: [NODES[edge.s].name, edge.type, NODES[edge.t].name, edge.n || 0, edge.c ?? "", years(edge), sentence(edge)] });

/** The columns by name, each with how it is set: brief, a number; where there is no room the long one goes, then the minor. */
const TABLES = {
  entities: {
    columns: { Name: "", Type: "brief", Papers: "number", Years: "brief", Also: "minor" },
    rows: () => BY_PAPERS.filter((i) => seen.nodes[i] && NODES[i].type !== "Paper").map(entityRow),
  },
  papers: {
    columns: { Title: "", Authors: "minor", Year: "brief", Venue: "minor", Id: "minor" },
    rows: () => [...NODES.keys()].filter((i) => NODES[i].type === "Paper" && inYears(NODES[i])).map(paperRow),
  },
  claims: {
    columns: { From: "", Relation: "small brief", To: "", Papers: "number minor", Confidence: "number minor", Years: "brief minor", Sentence: "small long" },
    rows: () => seen.edges.filter((edge) => edge.ev || edge.inferred).sort((a, b) => (b.n || 0) - (a.n || 0) || b.c - a.c).map(claimRow),
  },
};

const table = {
  by: -1, down: false,

  /** The rows of the chosen table, in the chosen order. */
  rows() {
    const rows = TABLES[state.table].rows();
    if (this.by < 0) return rows;
    const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true }));
    return rows.sort((a, b) => (this.down ? -1 : 1) * order(a.cells[this.by], b.cells[this.by]));
  },

  show() {
    $("table").hidden = !state.table;
    $("map").inert = state.table !== ""; // it stays under the table, so that it is drawn at any time
    $("as-table").setAttribute("aria-pressed", String(state.table !== ""));
    if (!state.table) return;
    for (const tab of $("tabs").children) tab.setAttribute("aria-pressed", String(tab.value === state.table));
    $("bibtex").hidden = state.table !== "papers";
    const rows = this.rows();
    const columns = Object.entries(TABLES[state.table].columns);
    const shown = (cell) => (Number.isInteger(cell) ? cell.toLocaleString("en") : typeof cell === "number" ? cell.toFixed(2) : cell);
    const opener = (row) => el("button", { type: "button", className: "to", "data-node": row.node, onclick: () => select(row.node) }, row.cells[0]);
    const cells = (row) => row.cells.map((cell, c) => el("td", { className: columns[c][1] }, c ? shown(cell) : opener(row)));
    const head = el("tr", {}, ...columns.map(([name, kind], c) => {
      const sort = c === this.by ? (this.down ? "descending" : "ascending") : "none";
      return el("th", { scope: "col", "aria-sort": sort, className: kind }, el("button", { type: "button", onclick: () => this.sort(c) }, name));
    }));
    const body = el("tbody"), grid = el("table", {}, el("thead", {}, head), body);
    const more = el("button", { type: "button", className: "more" });
    const grow = (until) => {
      body.append(...rows.slice(body.childElementCount, until).map((row) => el("tr", {}, ...cells(row))));
      more.hidden = until >= rows.length;
      more.textContent = `Show more of ${count(rows.length, "row")}`;
    };
    more.onclick = () => grow(body.childElementCount + 500);
    grow(500);
    $("rows").replaceChildren(rows.length ? grid : el("p", { className: "note" }, "Nothing passes the filters."), more);
  },

  /** Sort by a column, the biggest number first; by the same once more, the other way round. */
  sort(column) {
    const kind = Object.values(TABLES[state.table].columns)[column];
    this.down = column === this.by ? !this.down : kind.includes("number");
    this.by = column;
    this.show();
    $("rows").querySelectorAll("th button")[column].focus();
  },

  choose(what) {
    Object.assign(this, { by: -1, down: false });
    update({ table: what });
  },
};

const FORMS = {
  CSV: (columns, rows) => [columns, ...rows].map((row) => row.map((cell) => (/[",\n\r]/.test(cell) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(",")).join("\r\n"),
  Markdown: (columns, rows) => [columns, columns.map(() => "---"), ...rows].map((row) => `| ${row.map((cell) => String(cell).replace(/\s+/g, " ").replaceAll("|", "\\|")).join(" | ")} |`).join("\n"),
  BibTeX: () => table.rows().map(({ node }) => bibtex(NODES[node])).join("\n\n"),
};

/** A paper as BibTeX reads it. */
function bibtex(paper) {
  const arxiv = paper.id.startsWith("arxiv:") ? paper.id.slice(6) : "";
  const doi = paper.id.startsWith("doi:") ? paper.id.slice(4) : "";
  const words = { title: paper.name, author: (paper.authors || []).join(" and "), year: years(paper), journal: paper.venue };
  const verbatim = { eprint: arxiv, archiveprefix: arxiv && "arXiv", doi, url: paper.url?.replace(/[{}\\]/g, encodeURIComponent) };
  const escaped = Object.entries(words).map(([name, value = ""]) => [name, value.replace(/[{}\\]/g, "").replace(/([%&#$_])/g, "\\$1")]);
  const lines = [...escaped, ...Object.entries(verbatim)].filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@article{${paper.id.replace(/[^\w.:/-]/g, "-")},\n${lines.join(",\n")}\n}`;
}

function copyTable(form) {
  const rows = table.rows();
  copy(`${FORMS[form](Object.keys(TABLES[state.table].columns), rows.map((row) => row.cells))}\n`, `${count(rows.length, "row")} as ${form}`);
}

function buildTable() {
  $("as-table").onclick = () => { table.choose(state.table ? "" : "entities"); };
  $("tabs").append(...Object.keys(TABLES).map((what) =>
    el("button", { type: "button", value: what, onclick: () => table.choose(what) }, what[0].toUpperCase() + what.slice(1))));
  for (const form of Object.keys(FORMS)) {
    $("copying").append(el("button", { type: "button", id: form.toLowerCase(), onclick: () => copyTable(form) }, `Copy ${form}`));
  }
}
