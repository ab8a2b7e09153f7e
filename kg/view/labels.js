// Labels on the map: the first that is set has its place, and none lies over another.

const FAMILY = getComputedStyle(document.documentElement).fontFamily;
const widths = new Map();

/** How wide a text is in a font, measured once. */
function widthOf(c, text, font) {
  const known = `${font} ${text}`;
  if (!widths.has(known)) {
    c.font = font;
    widths.set(known, c.measureText(text).width);
  }
  return widths.get(known);
}

const short = (name, most) => ([...name].length > most ? `${[...name].slice(0, most - 1).join("")}…` : name);

/** Text that is set only where it stands free; in screen pixels. */
function labeller(c, tint) {
  const at = c.getTransform(), ratio = devicePixelRatio || 1;
  const width = c.canvas.width / ratio, height = c.canvas.height / ratio;
  const taken = [[width - 205, height - 56, width, height]]; // the buttons
  let written = 0;
  const free = (box) => !taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
  return {
    screen: (x, y) => [(x * at.a + at.e) / ratio, (y * at.d + at.f) / ratio],
    inside: (x, y) => x > -40 && y > -20 && x < width + 40 && y < height + 20,
    count: () => written,
    room: (width * height) / 15_000,
    block: (x, y, r) => { taken.push([x - r, y - r, x + r, y + r]); },
    /** Write below the place or on one of its sides; -1 is the left, 1 the right. */
    write(text, x, top, { size = 12, weight = 400, colour = tint.ink, force = false, side = 0 } = {}) {
      const font = `${weight} ${size}px ${FAMILY}`, wide = widthOf(c, text, font);
      const left = Math.min(Math.max(x + ((side - 1) * wide) / 2, 4), width - wide - 4);
      const box = [left - 4, top - 2, left + wide + 4, top + size + 4];
      if (!force && !free(box)) return false;
      taken.push(box);
      written += 1;
      c.save();
      c.font = font;
      c.setTransform(ratio, 0, 0, ratio, 0, 0);
      c.textBaseline = "top";
      c.lineJoin = "round";
      c.lineWidth = 3.5;
      c.strokeStyle = tint.ground;
      c.strokeText(text, left, top);
      c.fillStyle = colour;
      c.fillText(text, left, top);
      c.restore();
      return true;
    },
  };
}
