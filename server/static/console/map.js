// A ticket's place on the city's map, by Leaflet. Until it is there, and wherever it cannot run, the server's sketch stays.

const [CLOSE, NEAR, WIDEST, NEAREST] = [15, 14, 10, 18];
// Lowest first. All edges of roads lie below all roads, so that crossings are open.
const DRAWN = ["green", "water", "region", "street-edge", "road-edge", "street", "road", "rail"];
// Kinds of names, the most helpful first, with the zoom from which they help.
const NAMED = { hall: 10, station: 13, place: 14, road: 13, street: 15, water: 12, green: 14, rail: 15 };
const GAP = 4; // pixels between two names
// Where a line is looked for that is to be named: around the middle of the map, in shares of its size.
const LOOKS = [
  [0, 0],
  [-0.3, 0],
  [0.3, 0],
  [0, -0.3],
  [0, 0.3],
  [-0.3, -0.3],
  [0.3, 0.3],
];
const WAYS = [...Array(8)].map((_, way) => [Math.cos((way * Math.PI) / 4), Math.sin((way * Math.PI) / 4)]);

const box = (x, y, width, height) => ({ left: x, top: y, right: x + width, bottom: y + height });
const touches = (a, b) =>
  a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP;

function opened(board) {
  const view = document.createElement("div");
  view.className = "map-view";
  view.setAttribute("role", "application");
  view.setAttribute("aria-label", `${board.dataset.label}。方向键移动，加号、减号缩放`);
  board.replaceChildren(view);
  const map = L.map(view, {
    attributionControl: false,
    zoomControl: false,
    zoomAnimation: false,
    fadeAnimation: false,
    inertia: false,
    scrollWheelZoom: false,
    minZoom: WIDEST,
    maxZoom: NEAREST,
  });
  // The wheel scrolls the page until somebody works with the map.
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  for (const [name, height] of [
    ["ground", 100],
    ["names", 500],
  ]) {
    const pane = map.createPane(name);
    pane.style.zIndex = height;
    pane.setAttribute("aria-hidden", "true"); // the page says in words where it is
  }
  L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
  new Scale({ imperial: false }).addTo(map);
  // Paper is as wide as the screen's map, so that nothing is cut or has to be fetched while it prints.
  new ResizeObserver(([{ contentRect }]) => {
    if (!view.isConnected) return;
    view.style.setProperty("--map-wide", `${contentRect.width}px`);
    map.invalidateSize({ animate: false });
  }).observe(view);
  return map;
}

const Scale = L.Control.Scale.extend({
  _updateMetric(most) {
    const metres = this._getRoundNum(most);
    this._updateScale(this._mScale, metres < 1000 ? `${metres} 米` : `${metres / 1000} 公里`, metres / most);
  },
});

// The city's own shapes; returns those that have names, the worthiest first.
function ground(map, features) {
  const renderer = L.svg({ pane: "ground", padding: 0.5 });
  const lines = new Map();
  for (const looks of DRAWN) {
    const kind = looks.replace("-edge", "");
    const found = features.filter((one) => one.properties.kind === kind);
    L.geoJSON(found, {
      renderer,
      pane: "ground",
      interactive: false,
      smoothFactor: 0.5,
      style: ({ properties }) => ({ className: `map-${looks}${properties.level > 1 ? " map-inner" : ""}` }),
      onEachFeature: (feature, layer) => lines.set(feature, layer),
    }).addTo(map);
  }
  const kinds = Object.keys(NAMED);
  return features
    .filter(({ properties }) => properties.name && properties.kind in NAMED)
    .sort((a, b) => kinds.indexOf(a.properties.kind) - kinds.indexOf(b.properties.kind))
    .map((feature) => name(map, feature, lines.get(feature)));
}

function name(map, { properties: { kind, name: words }, geometry: { coordinates } }, layer) {
  const label = document.createElement("span");
  label.textContent = words;
  const dot = layer ? null : L.GeoJSON.coordsToLatLng(coordinates);
  const icon = L.divIcon({ className: `map-name map-name-${kind}`, html: label, iconSize: null });
  return {
    kind,
    dot,
    layer,
    label,
    marker: L.marker(dot ?? map.getCenter(), { icon, pane: "names", interactive: false, keyboard: false }),
  };
}

// Where a name may stand: the pixel of its mark, where its words begin from there, and the box of both. A point's words
// stand beside its dot, a line's or an area's on it.
function* stands(map, { dot, layer, size: [width, height] }) {
  const centred = (at) => ({
    at,
    x: -width / 2,
    y: -height / 2,
    place: box(at.x - width / 2, at.y - height / 2, width, height),
  });
  if (dot) {
    const at = map.latLngToContainerPoint(dot);
    for (const x of [9, -9 - width])
      yield { at, x, y: -height / 2, place: box(at.x + Math.min(x, -7), at.y - height / 2, width + 16, height) };
    for (const y of [7, -7 - height])
      yield { at, x: -width / 2, y, place: box(at.x - width / 2, at.y + Math.min(y, -7), width, height + 14) };
  } else if (layer instanceof L.Polygon) {
    yield centred(map.latLngToContainerPoint(layer.getBounds().getCenter()));
  } else {
    const [view, middle] = [map.getSize(), map.latLngToLayerPoint(map.getCenter())];
    for (const [across, down] of LOOKS) {
      const at = layer.closestLayerPoint(middle.add([across * view.x, down * view.y]));
      if (at) yield centred(map.layerPointToContainerPoint(at));
    }
  }
}

// Shows the names for which there is room, the worthier first.
function tidy(map, names, taken) {
  const { x: width, y: height } = map.getSize();
  const free = (one) =>
    one.left >= 0 &&
    one.top >= 0 &&
    one.right <= width &&
    one.bottom <= height &&
    !taken.some((other) => touches(one, other));
  const shown = new Set(); // a road of many pieces is named once
  for (const one of names) {
    if (map.getZoom() < NAMED[one.kind] || shown.has(one.label.textContent)) continue;
    one.size ??= measured(map, one);
    for (const { at, x, y, place } of stands(map, one)) {
      if (!free(place)) continue;
      taken.push(place);
      shown.add(one.label.textContent);
      one.marker.setLatLng(map.containerPointToLatLng(at)).addTo(map);
      one.label.style.transform = `translate(${x}px, ${y}px)`;
      break;
    }
  }
}

function measured(map, { marker, label }) {
  marker.addTo(map);
  const size = [label.offsetWidth, label.offsetHeight];
  marker.remove();
  return size;
}

// Numbers make way for the pin and for each other: reports of one place often have one point.
function spread(map, numbers, taken) {
  for (const { marker, place } of numbers) {
    const at = map.latLngToContainerPoint(place);
    const around = [0, 24, 40].flatMap((step) =>
      (step ? WAYS : [[0, 0]]).map(([x, y]) => box(at.x + x * step - 11, at.y + y * step - 11, 22, 22)),
    );
    const found = around.find((one) => !taken.some((other) => touches(one, other))) ?? around[0];
    taken.push(found);
    marker.setLatLng(map.containerPointToLatLng([found.left + 11, found.top + 11]));
  }
}

function pinned(map, place, shape) {
  const pin = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  pin.setAttribute("viewBox", "-13 -34 26 36");
  pin.setAttribute("aria-hidden", "true");
  shape.removeAttribute("transform");
  pin.append(shape);
  mark(map, place, { className: "map-here", html: pin, iconSize: [26, 36], iconAnchor: [13, 34] });
}

const mark = (map, place, icon) =>
  L.marker(place, {
    icon: L.divIcon(icon),
    interactive: false,
    keyboard: false,
    zIndexOffset: icon.className === "map-here" ? 1000 : 0,
  }).addTo(map);

// A service's pictures, over our own shapes; `told` whether any is in sight, once they are here or refused.
function pictures(map, { tiles, bounds }, address, told) {
  const { south, west, north, east } = bounds;
  const layers = Array.from({ length: tiles.layers }, (_, layer) =>
    L.tileLayer(`${address}tiles/${layer}/{z}/{x}/{y}`, {
      minNativeZoom: tiles.min_zoom,
      maxNativeZoom: tiles.max_zoom,
      bounds: [
        [south, west],
        [north, east],
      ],
    }),
  );
  layers[0].on("load", () => told(Boolean(layers[0].getContainer()?.querySelector(".leaflet-tile-loaded"))));
  layers.forEach((layer) => layer.addTo(map));
}

let current = null;

async function show(board) {
  const answer = await fetch(board.dataset.board);
  if (!answer.ok || answer.redirected) return; // the session ended: the page says so itself
  const city = await answer.json();
  if (!board.isConnected) return;
  const [place, ...others] = JSON.parse(board.dataset.points).map(L.GeoJSON.coordsToLatLng);
  const shape = board.querySelector(".map-pin");
  const map = (current = opened(board));
  map.setView(place, CLOSE);
  const names = ground(map, city.features);
  pinned(map, place, shape);
  const numbers = others.map((other, index) => ({
    place: other,
    marker: mark(map, other, { className: "map-count", html: `${index + 1}`, iconSize: [22, 22] }),
  }));
  let pictured = false;
  const arrange = () => {
    map.getContainer().dataset.zoom = map.getZoom() < NEAR ? "far" : "near";
    const frame = map.getContainer().getBoundingClientRect();
    const taken = [...map.getContainer().querySelectorAll(".leaflet-control")]
      .map((one) => one.getBoundingClientRect())
      .map((one) => box(one.left - frame.left, one.top - frame.top, one.width, one.height));
    const pin = map.latLngToContainerPoint(place);
    taken.push(box(pin.x - 13, pin.y - 34, 26, 36));
    spread(map, numbers, taken);
    names.forEach(({ marker }) => marker.remove());
    tidy(
      map,
      names.filter(({ kind }) => !pictured || kind === "hall"),
      taken,
    ); // pictures bring their own names
  };
  map.on("moveend resize", arrange);
  arrange();
  if (!city.tiles) return;
  pictures(map, city, board.dataset.board, (seen) => {
    pictured = seen;
    board.parentElement.querySelector("figcaption").textContent = (seen ? city.tiles : city).credit;
    arrange();
  });
}

function start() {
  const board = document.querySelector(".map-board:not([data-begun])");
  if (!board) return;
  board.dataset.begun = "";
  current?.remove();
  current = null;
  show(board).catch(() => {}); // the sketch and the words stay
}

document.addEventListener("htmx:afterSettle", start);
start();
