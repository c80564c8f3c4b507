// The planner's own small drawing kit on top of Leaflet. Every map carries it once.
// Text from files reaches the page through textContent only, never as HTML.
(function () {
  "use strict";
  if (window.planner) { return; }

  var DEGREE = 1e5; // coordinates travel as whole hundred-thousandths of a degree, about a metre
  var SVG = "http://www.w3.org/2000/svg";
  var LETTER_PX = 6.4; // mean width of a letter of the map's labels
  var ABOVE_PX = 20; // a label stands this far above its place, clear of a mark on it

  // ---- coordinates ----------------------------------------------------------------------------------------

  function path(deltas) {
    var points = [], lat = 0, lng = 0;
    for (var i = 0; i < deltas.length; i += 2) {
      lat += deltas[i];
      lng += deltas[i + 1];
      points.push([lat / DEGREE, lng / DEGREE]);
    }
    return points;
  }

  // Each row of the matrix is written as its difference from the row before it.
  function cellRings(packed) {
    var rings = [], row = new Array(packed.width).fill(0), at = 0;
    while (at < packed.deltas.length) {
      for (var column = 0; column < packed.width; column += 1) {
        row[column] += packed.deltas[at];
        at += 1;
      }
      rings.push([path(row)]);
    }
    return rings;
  }

  function polygons(shape) {
    return shape.map(function (rings) { return rings.map(path); });
  }

  // ---- panes and renderers: one canvas a pane, or the upper canvas would swallow the lower one's clicks -----

  function paneOf(map, name, level) {
    if (!map.getPane(name)) {
      var pane = map.createPane(name);
      pane.style.zIndex = level;
      if (name !== "planner-fills") { pane.style.pointerEvents = "none"; }
    }
    return name;
  }

  function rendererOf(map, name, level) {
    map.plannerRenderers = map.plannerRenderers || {};
    if (!map.plannerRenderers[name]) {
      map.plannerRenderers[name] = new Printer({ pane: paneOf(map, name, level), padding: 0.3, tolerance: 2 });
    }
    return map.plannerRenderers[name];
  }

  var hatches = {};

  function hatchPattern(context, kind, colour) {
    var key = kind + colour;
    if (hatches[key]) { return hatches[key]; }
    var tile = document.createElement("canvas"), size = 7;
    tile.width = size;
    tile.height = size;
    var pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.fillStyle = colour;
    pen.lineWidth = 1.3;
    if (kind === "dots") {
      pen.beginPath();
      pen.arc(size / 2, size / 2, 1.1, 0, 2 * Math.PI);
      pen.fill();
    } else {
      [-size, 0, size].forEach(function (shift) {
        pen.beginPath();
        pen.moveTo(shift - 1, size + 1);
        pen.lineTo(shift + size + 1, -1);
        pen.stroke();
      });
    }
    hatches[key] = context.createPattern(tile, "repeat");
    return hatches[key];
  }

  var Printer = L.Canvas.extend({
    _fillStroke: function (context, layer) {
      var options = layer.options;
      if (options.fromZoom && this._map.getZoom() < options.fromZoom) { return; }
      L.Canvas.prototype._fillStroke.call(this, context, layer);
      context.globalAlpha = 1;
      if (options.hatch) {
        context.fillStyle = hatchPattern(context, options.hatch, options.hatchColor);
        context.fill("evenodd");
      }
      if (options.text && options.textColor) { this._print(context, layer); }
    },

    _print: function (context, layer) {
      var options = layer.options, box = layer._rawPxBounds;
      if (!box || box.getSize().x < 12 + options.text.length * 8 || box.getSize().y < 20) { return; }
      var at = options.textAt ? this._map.latLngToLayerPoint(options.textAt) : box.getCenter();
      context.font = "600 12px system-ui, sans-serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillStyle = options.textColor;
      context.fillText(options.text, at.x, at.y);
    }
  });

  // ---- cards: what a tooltip or a popup says ---------------------------------------------------------------

  function element(tag, name, text) {
    var node = document.createElement(tag);
    node.className = name;
    if (text !== undefined) { node.textContent = text; }
    return node;
  }

  function factsOf(columns, row) {
    return columns.map(function (column) {
      var value = column.values[row];
      return [column.label, column.words ? column.words[value] : value];
    }).filter(function (fact) { return fact[1] !== null && fact[1] !== ""; });
  }

  function card(heading, facts) {
    var box = element("div", "planner-card");
    box.appendChild(element("strong", "planner-card-heading", heading));
    facts.forEach(function (fact) {
      var line = element("div", "planner-card-fact");
      line.appendChild(element("span", "planner-card-label", " " + fact[0] + ": "));
      line.appendChild(element("span", "planner-card-value", String(fact[1])));
      box.appendChild(line);
    });
    return box;
  }

  // ---- layers ----------------------------------------------------------------------------------------------

  function lift(event) { event.layer.setStyle({ weight: event.layer.options.weight + 1.5 }); event.layer.bringToFront(); }
  function settle(event) { event.layer.setStyle({ weight: event.layer.options.weight - 1.5 }); }

  function fills(map, data) {
    var renderer = rendererOf(map, "planner-fills", 410);
    var rings = data.cells ? cellRings(data.cells) : data.shapes.map(polygons);
    var anchors = data.anchors ? path(data.anchors) : null;
    var printed = data.printed === undefined ? null : data.facts[data.printed];
    var group = L.featureGroup();
    rings.forEach(function (ring, row) {
      var look = Object.assign({}, data.styles[data.classes[row]], { renderer: renderer });
      if (printed) { look.text = String((printed.words ? printed.words[printed.values[row]] : printed.values[row]) || ""); }
      if (anchors) { look.textAt = anchors[row]; }
      var shape = L.polygon(ring, look);
      shape.plannerRow = row;
      group.addLayer(shape);
    });
    var say = function (layer) {
      var facts = factsOf(data.facts, layer.plannerRow);
      return card(facts[0][1], facts.slice(1));
    };
    group.bindTooltip(say, { sticky: true, className: "planner-tooltip" });
    group.bindPopup(say, { className: "planner-popup" });
    group.on("mouseover", lift).on("mouseout", settle);
    return group.addTo(map);
  }

  function quiet(map, data) {
    var renderer = rendererOf(map, data.pane, data.level);
    var group = L.featureGroup();
    data.shapes.forEach(function (shape, row) {
      var look = Object.assign({}, data.styles[data.classes[row]], { renderer: renderer, interactive: false });
      group.addLayer(data.closed ? L.polygon(polygons(shape), look) : L.polyline(shape.map(path), look));
    });
    if (data.sea) { map.getContainer().style.backgroundColor = data.sea; }
    return group.addTo(map);
  }

  function outside(map, data) {
    var world = [[-89, -179], [-89, 179], [89, 179], [89, -179]];
    var holes = data.shapes.reduce(function (all, shape) {
      return all.concat(polygons(shape).map(function (rings) { return rings[0]; }));
    }, []);
    var look = Object.assign({}, data.style, { renderer: rendererOf(map, "planner-outside", 405), interactive: false });
    return L.polygon([world].concat(holes), look).addTo(map);
  }

  // Sites that share a spot stand side by side instead of hiding each other.
  function shift(map, point) {
    var key = point[0].toFixed(4) + " " + point[1].toFixed(4);
    map.plannerSpots = map.plannerSpots || {};
    var taken = map.plannerSpots[key] || 0;
    map.plannerSpots[key] = taken + 1;
    return taken;
  }

  function marks(map, data) {
    var group = L.featureGroup();
    path(data.points).forEach(function (point, row) {
      var size = data.sizes[data.icons[row]];
      var icon = L.divIcon({
        html: data.svgs[data.icons[row]],
        className: "planner-mark",
        iconSize: [size, size],
        iconAnchor: data.pins ? [size / 2, size] : [size / 2 - shift(map, point) * size * 0.7, size / 2]
      });
      var name = data.names[row];
      var mark = L.marker(point, { icon: icon, title: name, riseOnHover: true, zIndexOffset: data.pins ? 1000 : 0 });
      mark.plannerRow = row;
      mark.on("add", function () { mark.getElement().setAttribute("aria-label", name); });
      group.addLayer(mark);
    });
    group.bindPopup(function (mark) {
      return card(data.names[mark.plannerRow], factsOf(data.facts, mark.plannerRow));
    }, { className: "planner-popup" });
    return group.addTo(map);
  }

  function overlaps(box, taken) {
    return taken.some(function (other) { return box.intersects(other); });
  }

  // Names in order of importance; at each zoom a name is shown where it meets no name before it.
  function labels(map, data) {
    var level = paneOf(map, "planner-labels", 640); // above the marks, below popups
    var names = path(data.points).map(function (point, row) {
      var icon = L.divIcon({ className: "planner-label planner-label-" + data.ranks[row], html: element("span", "", data.names[row]), iconSize: [0, 0], iconAnchor: [0, ABOVE_PX] });
      return L.marker(point, { icon: icon, pane: level, interactive: false, keyboard: false });
    });
    var declutter = function () {
      var taken = [];
      names.forEach(function (name, row) {
        var at = map.project(name.getLatLng()), half = (data.names[row].length * LETTER_PX) / 2 + 6;
        var box = L.bounds([at.x - half, at.y - ABOVE_PX - 10], [at.x + half, at.y - ABOVE_PX + 10]);
        var shown = map.getZoom() >= data.fromZoom[row] && !overlaps(box, taken);
        if (shown) { taken.push(box); name.addTo(map); } else { name.remove(); }
      });
    };
    map.on("zoomend", declutter);
    declutter();
  }

  function tiles(map, data) { return L.tileLayer(data.url, { maxZoom: 19 }).addTo(map); }

  // ---- furniture: scale, whole-district button, legend, sources --------------------------------------------

  function swatch(entry) {
    if (entry.svg) {
      var holder = element("span", "planner-swatch");
      holder.innerHTML = entry.svg; // drawn by layers/style.py; holds no text from a file
      return holder;
    }
    var look = entry.look, canvas = document.createElement("canvas");
    canvas.width = 56;
    canvas.height = 36;
    canvas.className = "planner-swatch";
    canvas.setAttribute("aria-hidden", "true");
    var pen = canvas.getContext("2d");
    pen.scale(2, 2);
    pen.beginPath();
    if (entry.line) { pen.moveTo(1, 9); pen.lineTo(27, 9); } else { pen.rect(3, 3, 22, 12); }
    if (!entry.line && look.fill !== false) {
      pen.globalAlpha = look.fillOpacity;
      pen.fillStyle = look.fillColor;
      pen.fill();
      pen.globalAlpha = 1;
      if (look.hatch) { pen.fillStyle = hatchPattern(pen, look.hatch, look.hatchColor); pen.fill(); }
    }
    pen.setLineDash(look.dashArray ? look.dashArray.split(" ").map(Number) : []);
    pen.strokeStyle = look.color;
    pen.lineWidth = look.weight;
    if (look.weight) { pen.stroke(); }
    return canvas;
  }

  function folded(name, title, map, open) {
    var box = element("details", name), summary = element("summary", "", title);
    box.open = open;
    box.appendChild(summary);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return box;
  }

  function control(map, position, node) {
    var made = L.control({ position: position });
    made.onAdd = function () { return node; };
    return made.addTo(map);
  }

  function wide(map) { return map.getSize().x >= 560; }

  function legend(map, data) {
    var box = folded("planner-legend", data.title, map, wide(map));
    data.sections.forEach(function (section) {
      if (section.title) { box.appendChild(element("p", "planner-legend-title", section.title)); }
      var list = element("ul", "planner-legend-list");
      section.entries.forEach(function (entry) {
        var item = element("li", "");
        item.appendChild(swatch(entry));
        item.appendChild(element("span", "", entry.label));
        list.appendChild(item);
      });
      box.appendChild(list);
    });
    data.notes.forEach(function (note) { box.appendChild(element("p", "planner-legend-note", note)); });
    return control(map, "topright", box);
  }

  function sources(map, lines) {
    var box = folded("planner-sources", "Sources", map, false);
    window.addEventListener("beforeprint", function () { box.open = true; });
    lines.forEach(function (line) { box.appendChild(element("span", "planner-source", line)); });
    return control(map, "bottomright", box);
  }

  // One layer at a time, each with a legend of its own, chosen from a list.
  function choices(map, data) {
    var box = element("div", "planner-choices"), select = element("select", ""), shown = [];
    var show = function (at) {
      shown.forEach(function (part) { part.remove(); });
      map.plannerSpots = {};
      shown = data.layers[at].parts.map(function (part) { return window.planner[part.verb](map, part.data); });
    };
    select.setAttribute("aria-label", data.title);
    data.layers.forEach(function (layer) { select.appendChild(element("option", "", layer.title)); });
    select.addEventListener("change", function () { show(select.selectedIndex); });
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    box.appendChild(select);
    control(map, "topleft", box);
    if (data.layers.length) { show(0); }
  }

  function open(map, data) {
    var fit = function (bounds) { map.fitBounds(L.latLngBounds(bounds), { padding: [12, 12] }); };
    var first = function () { fit(data.first || data.bounds); };
    first();
    if (!map.getSize().x) { map.once("resize", first); } // opened in a tab that is not shown yet
    var box = map.getContainer();
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", data.title);
    box.style.backgroundColor = data.paper;
    L.control.scale({ position: "bottomleft", maxWidth: 140 }).addTo(map);
    var button = element("button", "planner-whole", data.whole || "Whole district");
    button.type = "button";
    L.DomEvent.disableClickPropagation(button);
    L.DomEvent.on(button, "click", function () { fit(data.bounds); });
    control(map, "topleft", button);
  }

  // Maps of one page move together: whoever is moved leads, the others follow.
  function together(maps) {
    var led = false;
    maps.forEach(function (map) {
      map.on("moveend", function () {
        if (led) { return; }
        led = true;
        maps.forEach(function (other) {
          if (other !== map) { other.setView(map.getCenter(), map.getZoom(), { animate: false }); }
        });
        led = false;
      });
    });
  }

  window.planner = { together: together, open: open, fills: fills, quiet: quiet, outside: outside, marks: marks, labels: labels, tiles: tiles, legend: legend, sources: sources, choices: choices };
}());
