// The map: vis-network holds canvas, camera and nodes; places come with the data and nothing moves.
// Nodes are painted by us, so that selecting and filtering change no node, only the next picture.

const map = (() => {
  const tint = {};
  const NAMED = 6; // a community of fewer nodes has no name and no ground of its own
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let hovered = -1;

  function readTints() {
    const probe = document.body.appendChild(el("span", { hidden: true }));
    for (const name of ["ground", "pane", "ink", "soft", "edge", "faint", "accent", ...PLURALS.keys()]) {
      probe.style.color = `var(--${name})`;
      tint[name] = getComputedStyle(probe).color;
    }
    probe.remove();
  }
  readTints();

  const isSeen = (i) => seen.nodes[i] || (i === state.node && onMap(NODES[i]));
  const isLit = (i) => state.node < 0 || i === state.node || seen.lit.has(i);
  const reach = (node, scale) => Math.max(node.r, 2.6 / scale);

  const SHAPES = {
    Paper: (c, x, y, r) => { c.arc(x, y, r, 0, 7); },
    Method: (c, x, y, r) => { c.rect(x - r * 0.89, y - r * 0.89, r * 1.78, r * 1.78); },
    Task: (c, x, y, r) => { c.moveTo(x, y - r * 1.15); c.lineTo(x + r * 1.15, y + r * 0.85); c.lineTo(x - r * 1.15, y + r * 0.85); c.closePath(); },
    Dataset: (c, x, y, r) => { c.moveTo(x, y - r * 1.25); c.lineTo(x + r * 1.25, y); c.lineTo(x, y + r * 1.25); c.lineTo(x - r * 1.25, y); c.closePath(); },
  };

  function paint(c, i, scale) {
    const node = NODES[i];
    c.beginPath();
    SHAPES[node.type](c, node.x, node.y, reach(node, scale));
    c.fillStyle = isLit(i) ? tint[node.type] : tint.faint;
    c.fill();
    c.strokeStyle = i === hovered || i === state.node ? tint.ink : tint.ground;
    c.lineWidth = (i === hovered || i === state.node ? 2 : 1) / Math.min(scale, 1);
    c.stroke();
  }

  const network = new vis.Network($("stage"), {
    nodes: new vis.DataSet(NODES.flatMap((node, i) => (onMap(node) ? [{ id: i, x: node.x, y: node.y }] : []))),
    edges: new vis.DataSet(),
  }, {
    physics: { enabled: false },
    layout: { improvedLayout: false },
    nodes: {
      shape: "custom", chosen: false,
      ctxRenderer: ({ ctx, id }) => {
        const drawNode = () => { if (isSeen(id) && (state.node < 0 || !isLit(id))) paint(ctx, id, network.getScale()); };
        return { drawNode, nodeDimensions: { width: 2.5 * NODES[id].r, height: 2.5 * NODES[id].r } };
      },
    },
    interaction: { dragNodes: false, selectable: false, keyboard: { enabled: true, bindToWindow: false } },
  });
  const frame = $("stage").firstElementChild;
  frame.setAttribute("role", "img");
  frame.setAttribute("aria-label", "Map of the graph. The list beside it holds the same nodes.");

  // --- relations: straight lines in few strokes -----------------------------------------------
  function strokes(c, edges) {
    for (let i = 0; i < edges.length; i += 400) {
      c.beginPath();
      for (const edge of edges.slice(i, i + 400)) {
        c.moveTo(NODES[edge.s].x, NODES[edge.s].y);
        c.lineTo(NODES[edge.t].x, NODES[edge.t].y);
      }
      c.stroke();
    }
  }

  // --- communities: a disc under each, as the layout packed them -----------------------------------
  const discs = [...Map.groupBy(NODES.filter((node) => onMap(node) && node.type !== "Paper"), (node) => node.k).values()]
    .filter((members) => members.length >= NAMED).map((members) => {
      const [xs, ys] = ["x", "y"].map((axis) => members.map((node) => node[axis]));
      const [x, y] = [xs, ys].map((all) => (Math.min(...all) + Math.max(...all)) / 2);
      return { x, y, r: Math.max(...members.map((node) => Math.hypot(node.x - x, node.y - y) + node.r)) + 6 };
    });

  network.on("beforeDrawing", (c) => {
    const scale = network.getScale();
    c.fillStyle = tint.pane;
    for (const { x, y, r } of state.only || state.end >= 0 || discs.length < 2 ? [] : discs) {
      c.beginPath();
      c.arc(x, y, r, 0, 7);
      c.fill();
    }
    const crowd = Math.min(1, 900 / (seen.edges.length + 1)) ** 0.5;
    c.lineWidth = Math.max(0.5, 0.7 / scale);
    c.strokeStyle = tint.edge;
    c.globalAlpha = state.node < 0 ? 0.16 + 0.14 * crowd : 0.08;
    strokes(c, seen.edges.filter((edge) => NODES[edge.s].k !== NODES[edge.t].k));
    c.globalAlpha = state.node < 0 ? 0.38 + 0.2 * crowd : 0.14;
    strokes(c, seen.edges.filter((edge) => NODES[edge.s].k === NODES[edge.t].k));
    c.globalAlpha = 1;
  });

  function arrow(c, edge, scale) {
    const from = NODES[edge.s], to = NODES[edge.t];
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const off = reach(to, scale) * 1.2, size = Math.max(7 / scale, 4);
    const x = to.x - off * Math.cos(angle), y = to.y - off * Math.sin(angle);
    c.moveTo(x, y);
    c.lineTo(x - size * Math.cos(angle - 0.4), y - size * Math.sin(angle - 0.4));
    c.lineTo(x - size * Math.cos(angle + 0.4), y - size * Math.sin(angle + 0.4));
    c.closePath();
  }

  function paintLit(c, scale) {
    const edges = seen.bright;
    c.strokeStyle = c.fillStyle = tint.soft;
    c.lineWidth = 1.3 / scale;
    c.globalAlpha = Math.max(0.12, Math.min(0.8, 4 / Math.sqrt(edges.length)));
    strokes(c, edges);
    c.beginPath();
    for (const edge of edges.length > 500 ? [] : edges) if (!RELATIONS.get(edge.type).symmetric) arrow(c, edge, scale);
    c.fill();
    c.globalAlpha = 1;
    for (const i of seen.lit) paint(c, i, scale);
    if (isSeen(state.node)) paint(c, state.node, scale);
  }

  // --- labels: the best first, none over another ------------------------------------------------
  const leaders = new Map();
  const links = (node) => node.edges.length;
  NODES.forEach((node, i) => {
    if (node.type === "Paper" || !onMap(node)) return;
    const best = leaders.get(node.k);
    if (best === undefined || links(node) > links(NODES[best])) leaders.set(node.k, i);
  });
  const sizes = new Map();
  for (const node of NODES) if (onMap(node)) sizes.set(node.k, (sizes.get(node.k) || 0) + 1);
  const isLeader = (i) => leaders.get(NODES[i].k) === i && sizes.get(NODES[i].k) >= NAMED;
  const weight = (i) => NODES[i].r + (isLeader(i) ? 3 : 0);
  const ranked = [...NODES.keys()].filter((i) => onMap(NODES[i])).sort((a, b) =>
    weight(b) - weight(a) || links(NODES[b]) - links(NODES[a]) || a - b);

  /** Below the node, else above it, else beside it; forced: below, whatever is there. */
  function name(pen, i, scale, { force = false, ...options } = {}) {
    const node = NODES[i], text = short(node.name, force ? 44 : 26);
    const [x, y] = pen.screen(node.x, node.y);
    const off = reach(node, scale) * scale * 1.1 + 3, size = options.size || 12;
    if (!pen.inside(x, y)) return;
    const placed = pen.write(text, x, y + off, options) || pen.write(text, x, y - off - size - 2, options)
      || [1, -1].some((side) => pen.write(text, x + side * (off + 2), y - size / 2 - 1, { ...options, side }));
    if (!placed && force) pen.write(text, x, y + off, { ...options, force });
  }

  const pair = ({ s, t }) => `${Math.min(s, t)} ${Math.max(s, t)}`;

  /** On the line between two nodes, what it says. */
  function words(pen, edges) {
    const [from, to] = [edges[0].s, edges[0].t].map((i) => pen.screen(NODES[i].x, NODES[i].y));
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) < 110) return;
    const text = [...new Set(edges.map((edge) => RELATIONS.get(edge.type).out))].join(", ");
    pen.write(text, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2 - 6, { size: 11, colour: tint.soft });
  }

  network.on("afterDrawing", (c) => {
    const scale = network.getScale(), pen = labeller(c, tint);
    if (state.node >= 0) paintLit(c, scale);
    if (hovered >= 0 && isSeen(hovered)) {
      paint(c, hovered, scale);
      name(pen, hovered, scale, { weight: 600, force: true });
    }
    if (state.node >= 0) {
      const big = (i, least) => onMap(NODES[i]) && (seen.lit.size <= 150 || NODES[i].r * scale >= least); // of many, only these count
      for (const i of [state.node, ...seen.lit].filter((one) => big(one, 8))) pen.block(...pen.screen(NODES[i].x, NODES[i].y), reach(NODES[i], scale) * scale * 0.85);
      if (isSeen(state.node) && hovered !== state.node) name(pen, state.node, scale, { size: 13, weight: 650, force: hovered < 0 });
      for (const i of ranked) if (seen.lit.has(i) && big(i, 4.5) && pen.count() < 90) name(pen, i, scale);
      if (seen.lit.size <= 24) for (const edges of Map.groupBy(seen.bright, pair).values()) words(pen, edges);
      return;
    }
    for (const i of ranked) {
      if (seen.nodes[i] && NODES[i].r * scale >= 8) pen.block(...pen.screen(NODES[i].x, NODES[i].y), NODES[i].r * scale * 0.85);
    }
    for (const i of ranked) {
      if (pen.count() >= pen.room) break;
      if (seen.nodes[i] && i !== hovered && (isLeader(i) || NODES[i].r * scale >= 4.5)) {
        name(pen, i, scale, { weight: isLeader(i) && NODES[i].papers > 1 ? 600 : 400 });
      }
    }
  });

  // --- camera -----------------------------------------------------------------------------------
  function show(list, { most = 1.4, least = 0 } = {}) {
    if (!list.length) return;
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    for (const i of list) {
      const { x, y, r } = NODES[i];
      left = Math.min(left, x - r); right = Math.max(right, x + r);
      top = Math.min(top, y - r); bottom = Math.max(bottom, y + r);
    }
    const { clientWidth: width, clientHeight: height } = $("stage");
    const fits = Math.min((width - 70) / (right - left), (height - 60) / (bottom - top));
    const middle = fits < least ? NODES[list[0]] : { x: (left + right) / 2, y: (top + bottom) / 2 };
    network.moveTo({
      position: { x: middle.x, y: middle.y },
      scale: Math.max(Math.min(fits, most), least, 0.02),
      animation: calm.matches || document.documentElement.dataset.ready !== "1" ? false : { duration: 350, easingFunction: "easeInOutQuad" },
    });
  }
  const showAll = () => show(ranked.filter((i) => seen.nodes[i]), { most: 1.5 });
  function showAround(i) {
    if (state.only || state.end >= 0) show(ranked.filter((one) => seen.nodes[one]));
    else if (onMap(NODES[i])) show([i, ...seen.lit], { least: 0.45 });
    else if (seen.lit.size) show([...seen.lit], { least: 0.2 });
  }
  function zoom(factor) {
    network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.02), 8) });
  }

  // --- pointer ----------------------------------------------------------------------------------
  /** The node under the pointer, or the nearest within six pixels of it; lit ones come first. */
  function nodeAt(where) {
    const { x, y } = network.DOMtoCanvas(where), scale = network.getScale();
    let best = -1, least = 6 / scale;
    ranked.forEach((i) => {
      if (!isSeen(i)) return;
      const off = Math.hypot(NODES[i].x - x, NODES[i].y - y) - reach(NODES[i], scale) + (isLit(i) ? 0 : 1 / scale);
      if (off < least) [best, least] = [i, off];
    });
    return best;
  }
  function point(i) {
    if (i === hovered) return;
    hovered = i;
    $("stage").classList.toggle("pointing", hovered >= 0);
    network.redraw();
  }
  frame.addEventListener("mousemove", (event) => { if (!event.buttons) point(nodeAt({ x: event.offsetX, y: event.offsetY })); });
  frame.addEventListener("mouseleave", () => point(-1));
  network.on("click", ({ pointer, event }) => {
    const i = nodeAt(pointer.DOM);
    if (i >= 0 && event.srcEvent.shiftKey && state.node >= 0 && i !== state.node) showWay(i);
    else if (i >= 0) select(i, { follow: false });
    else if (state.node >= 0) leave();
  });

  // --- picture ----------------------------------------------------------------------------------
  /** The map as a PNG of twice the screen's resolution, on its ground; vis-network asks the window for it. */
  function picture() {
    const known = Object.getOwnPropertyDescriptor(window, "devicePixelRatio"), sharp = 2 * devicePixelRatio;
    Object.defineProperty(window, "devicePixelRatio", { value: sharp, configurable: true });
    network.setSize("100%", "100%");
    network.redraw();
    const drawn = $("stage").querySelector("canvas"), copy = el("canvas", { width: drawn.width, height: drawn.height });
    const c = copy.getContext("2d");
    c.fillStyle = tint.ground;
    c.fillRect(0, 0, copy.width, copy.height);
    c.drawImage(drawn, 0, 0);
    delete window.devicePixelRatio;
    if (known) Object.defineProperty(window, "devicePixelRatio", known);
    network.setSize("100%", "100%");
    network.redraw();
    return copy.toDataURL("image/png");
  }
  const savePicture = () => el("a", { href: picture(), download: `${document.title.replace(/[^\w-]+/g, "-")}.png` }).click();

  return {
    network, savePicture, show, showAll, showAround, zoom,
    redraw: () => network.redraw(),
    recolour: () => { readTints(); network.redraw(); },
  };
})();
