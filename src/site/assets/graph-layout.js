// Where nodes go. No chance is in it: nodes start in rings or in a fan, in the order in which they came; then linked ones pull
// and all push one another (after Fruchterman and Reingold, 1991), and at last labels that cover each other are pushed apart.
//
// Rationale: the layouts of Cytoscape.js move what is already there, or know nothing of labels, or ask Math.random.

const N_ROUNDS = 200;
const N_ROUNDS_APART = 120;
const MOVE_MS = 350;
const ZOOM_READABLE = 0.55;

// Puts the root in the middle and all others around it, those of one kind beside each other.
export function arrangeAll(cy, root) {
  const others = cy.nodes().filter((node) => node.id() !== root).sort((a, b) => a.data("kind").localeCompare(b.data("kind"), "en"));
  const places = new Map([[root, { x: 0, y: 0 }]]);
  others.forEach((node, at) => {
    const angle = (2 * Math.PI * at) / others.length;
    const far = 1.5 + (at % 3) * 0.7 + others.length / 40;
    places.set(node.id(), { x: far * Math.cos(angle), y: far * Math.sin(angle) });
  });
  settle(cy, places, new Set([root]));
  put(cy, places);
}

// Finds places for the nodes `added` beside the node `around`, on its outer side, while all others stay where they are.
export function arrangeAdded(cy, around, added) {
  const unit = unitOf(cy);
  const places = new Map(cy.nodes().map((node) => [node.id(), { x: node.position("x") / unit.x, y: node.position("y") / unit.y }]));
  const fixed = new Set(cy.nodes().difference(added).map((node) => node.id()));
  const from = places.get(around.id());
  const middle = middleOf([...fixed].map((id) => places.get(id)));
  const outward = Math.atan2(from.y - middle.y, from.x - middle.x);
  const width = Math.min(1.6 * Math.PI, (added.length - 1) * 0.4);
  added.forEach((node, at) => {
    const angle = outward + (added.length > 1 ? width * (at / (added.length - 1) - 0.5) : 0);
    const far = 1.4 + (at % 3) * 0.6;
    places.set(node.id(), { x: from.x + far * Math.cos(angle), y: from.y + far * Math.sin(angle) });
  });
  settle(cy, places, fixed);
  move(cy, around, added, places);
}

// All is reckoned in units of one label with its node: narrow screens have less room to the sides.
function unitOf(cy) {
  return cy.width() < 600 ? { x: 105, y: 95 } : { x: 130, y: 75 };
}

function middleOf(places) {
  const sum = places.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / places.length, y: sum.y / places.length };
}

function settle(cy, places, fixed) {
  const points = [...places].map(([id, place]) => ({ place, is_free: !fixed.has(id), x: 0, y: 0 }));
  const byId = new Map([...places.keys()].map((id, at) => [id, points[at]]));
  const springs = cy.edges().map((edge) => [byId.get(edge.data("source")), byId.get(edge.data("target"))]);
  for (let round = 0; round < N_ROUNDS; round += 1) {
    for (const point of points) point.x = point.y = 0;
    eachPair(points, (a, b, dx, dy) => {
      const square = Math.max(dx * dx + dy * dy, 0.01);
      if (square < 36) force(a, b, dx, dy, 1 / square);
    });
    for (const [a, b] of springs) {
      const [dx, dy] = [a.place.x - b.place.x, a.place.y - b.place.y];
      force(a, b, dx, dy, -0.35 * Math.hypot(dx, dy));
    }
    const most = 0.5 * (1 - round / N_ROUNDS) + 0.02;
    for (const { place, is_free, x, y } of points) {
      const length = Math.hypot(x, y);
      if (!is_free || length === 0) continue;
      place.x += (x / length) * Math.min(length, most);
      place.y += (y / length) * Math.min(length, most);
    }
  }
  for (let round = 0; round < N_ROUNDS_APART; round += 1) if (!pushApart(points)) break;
}

function force(a, b, dx, dy, strength) {
  a.x += dx * strength;
  a.y += dy * strength;
  b.x -= dx * strength;
  b.y -= dy * strength;
}

// Moves those whose boxes cover each other along the axis where it takes less; says whether there were any.
function pushApart(points) {
  let found = false;
  eachPair(points, (a, b, dx, dy) => {
    const [over_x, over_y] = [1 - Math.abs(dx), 1 - Math.abs(dy)];
    if (over_x <= 0.01 || over_y <= 0.01) return;
    found = true;
    const axis = over_x < over_y ? "x" : "y";
    const step = (axis === "x" ? over_x * (dx < 0 ? -1 : 1) : over_y * (dy < 0 ? -1 : 1)) / (a.is_free && b.is_free ? 2 : 1);
    if (a.is_free) a.place[axis] += step;
    if (b.is_free) b.place[axis] -= step;
  });
  return found;
}

function eachPair(points, visit) {
  for (let i = 0; i < points.length; i += 1) {
    for (let j = i + 1; j < points.length; j += 1) {
      const [a, b] = [points[i], points[j]];
      if (a.is_free || b.is_free) visit(a, b, a.place.x - b.place.x, a.place.y - b.place.y);
    }
  }
}

function put(cy, places) {
  const unit = unitOf(cy);
  cy.batch(() => cy.nodes().forEach((node) => {
    const { x, y } = places.get(node.id());
    node.position({ x: x * unit.x, y: y * unit.y });
  }));
}

// Lets the added nodes come out of the one that was expanded, and shows them if they would be outside of the picture.
function move(cy, around, added, places) {
  put(cy, places);
  const is_still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const seen = cy.extent();
  const is_outside = added.some((node) => {
    const { x, y } = node.position();
    return x < seen.x1 || x > seen.x2 || y < seen.y1 || y > seen.y2;
  });
  const all = cy.nodes().boundingBox();
  const is_large = Math.min(cy.width() / all.w, cy.height() / all.h) < ZOOM_READABLE;
  const view = { fit: { eles: is_large ? added.union(around) : cy.nodes(), padding: 20 } };
  if (is_still) {
    if (is_outside) cy.fit(view.fit.eles, view.fit.padding);
    return;
  }
  if (is_outside) cy.animate(view, { duration: MOVE_MS });
  for (const node of added) {
    const end = { ...node.position() };
    node.position({ ...around.position() });
    node.animate({ position: end }, { duration: MOVE_MS });
  }
}
