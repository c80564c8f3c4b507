"use strict";
// The form of one walk card: keeps what is entered on the phone, asks no host, and gives one small file.
const card = JSON.parse(document.getElementById("card").textContent);
const KEY = `planner-walk-${card.number}-${card.digest.slice(0, 8)}`;
const OUTCOMES = [["found", "Found"], ["nobody", "Nobody"], ["not accessible", "Not accessible"]];
const COUNTS = [["bedded_down", "Bedded down"], ["about_to", "About to bed down"], ["offered", "Offers made"],
  ["accepted", "Offers accepted"], ["refused", "Offers refused"]];
const MINUTE = 60000, DAY = 24 * 60 * MINUTE, MOST = 50;
const DATE = /^\d{4}-\d\d-\d\d$/, TRIED = "planner-walk-tried";
const $ = (id) => document.getElementById(id);

// Times are London's, whatever the phone is set to.
const CLOCK = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hourCycle: "h23", year: "numeric",
  month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
function london(moment) {
  const part = Object.fromEntries(CLOCK.formatToParts(new Date(moment)).map((one) => [one.type, one.value]));
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}
function offset(moment) {
  const here = london(moment);
  return Math.round((Date.parse(`${here.date}T${here.time}Z`) - Math.floor(moment / MINUTE) * MINUTE) / MINUTE);
}
function momentOf(date, time) {
  const plain = Date.parse(`${date}T${time}Z`);
  const first = plain - offset(plain) * MINUTE;
  return plain - offset(first) * MINUTE;
}
function written(moment) {
  const here = london(moment), minutes = offset(moment), two = (value) => String(Math.abs(value)).padStart(2, "0");
  return `${here.date}T${here.time}${minutes < 0 ? "-" : "+"}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}
function onWalk(time) { // a time before the walk began is one after midnight
  const moment = momentOf(state.date, time);
  return state.begins !== null && moment < state.begins - 3 * 60 * MINUTE ? moment + DAY : moment;
}

const fresh = () => ({ walk: [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0"))
  .join(""), date: card.day, begins: null, ends: null, people: 0, agencies: [], visits: {}, others: [] });
const visit = () => ({ outcome: "", arrived: null, left: null, bedded_down: 0, about_to: 0, offered: 0, accepted: 0,
  refused: 0 });
const isText = (value, shape) => typeof value === "string" && shape.test(value);
const isMoment = (value) => value === null || (Number.isInteger(value) && value > Date.UTC(2000) && value < Date.UTC(2100));
const isCount = (value) => Number.isInteger(value) && value >= 0 && value <= MOST;
const isKind = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isVisit = (one) => isKind(one) && ["", ...OUTCOMES.map(([key]) => key)].includes(one.outcome) &&
  isMoment(one.arrived) && isMoment(one.left) && COUNTS.every(([key]) => isCount(one[key]));
function fits(found) { // what is stored may have been written by another page, or cut off
  return isKind(found) && isText(found.walk, /^[0-9a-f]{32}$/) && isText(found.date, DATE) && isText(found.expires, DATE) &&
    isMoment(found.begins) && isMoment(found.ends) && isCount(found.people) && Array.isArray(found.agencies) &&
    isKind(found.visits) && Object.values(found.visits).every(isVisit) && Array.isArray(found.others) &&
    found.others.every((one) => isVisit(one) && isText(one.place, /^.{0,60}$/));
}
let keeps = true, strange = false;
clearOld();
let state = restored();
function clearOld() { // whatever this phone keeps of a card that expired a fortnight ago
  try {
    const since = london(Date.now() - 14 * DAY).date;
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith("planner-walk-"))) {
      const expires = key === KEY ? card.expires : expiryIn(localStorage.getItem(key));
      if (expires !== null && expires < since) localStorage.removeItem(key);
    }
  } catch { keeps = false; }
}
function expiryIn(text) {
  try {
    const found = JSON.parse(text);
    return isKind(found) && isText(found.expires, DATE) ? found.expires : null;
  } catch { return null; }
}
function restored() {
  let text = null;
  try {
    localStorage.setItem(TRIED, "");
    localStorage.removeItem(TRIED);
    text = localStorage.getItem(KEY);
  } catch { keeps = false; }
  if (text === null) return fresh();
  try {
    const found = JSON.parse(text);
    if (fits(found)) return { ...found, agencies: card.agencies.filter((name) => found.agencies.includes(name)) };
  } catch { /* it is no JSON: said below */ }
  strange = true;
  return fresh();
}
function keep() { // only once somebody entered something: until then, what is stored stays as it is
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...state, expires: card.expires }));
  } catch {
    keeps = false;
  }
  tell();
}
function tell() {
  $("unkept").hidden = keeps;
  $("strange").hidden = !strange;
  $("done").textContent = `${ready().length} of ${card.stops.length} stops recorded`;
}

function make(tag, facts = {}, ...inner) {
  const { text, ...rest } = facts, made = Object.assign(document.createElement(tag), rest);
  if (text !== undefined) made.textContent = text;
  made.append(...inner);
  return made;
}
function timeField(id, name, whose, read, write, meant = onWalk) {
  const input = make("input", { type: "time", id, value: read() === null ? "" : london(read()).time });
  input.addEventListener("change", () => { write(input.value ? meant(input.value) : null); keep(); });
  const now = make("button", { type: "button", text: "Now" });
  now.setAttribute("aria-label", `${name} ${whose}: now`);
  now.addEventListener("click", () => { write(Date.now()); input.value = london(read()).time; keep(); });
  const label = make("label", { htmlFor: id, text: name });
  input.setAttribute("aria-label", `${name} ${whose}`);
  return make("div", { className: "time" }, label, input, now);
}
function stepper(id, name, whose, read, write) {
  const input = make("input", { type: "number", id, min: 0, max: MOST, inputMode: "numeric", value: read() });
  const set = (value) => {
    write(Math.min(MOST, Math.max(0, Math.trunc(Number(value)) || 0)));
    input.value = read();
    keep();
  };
  const button = (sign, by, words) => {
    const made = make("button", { type: "button", text: sign });
    made.setAttribute("aria-label", `${words} ${name.toLowerCase()} ${whose}`);
    made.addEventListener("click", () => set(read() + by));
    return made;
  };
  input.addEventListener("change", () => set(input.value));
  input.setAttribute("aria-label", `${name} ${whose}`);
  return make("div", { className: "step" }, make("label", { htmlFor: id, text: name }), button("\u2212", -1, "One less"),
    input, button("+", 1, "One more"));
}
function choice(type, name, text, checked, change) {
  const input = make("input", { type, name, checked });
  input.addEventListener("change", () => { change(input.checked); keep(); });
  return make("label", { className: "choice" }, input, make("span", { text }));
}

function fields(id, whose, one, shown) {
  const counts = make("div", { className: "pair" }, ...COUNTS.map(([key, name]) =>
    stepper(`${id}-${key}`, name, whose, () => one[key], (value) => { one[key] = value; })));
  const refresh = () => { counts.hidden = one.outcome !== "found"; shown.classList.toggle("done", Boolean(one.outcome)); };
  const outcomes = make("div", { className: "choices" }, ...OUTCOMES.map(([key, name]) =>
    choice("radio", `${id}-outcome`, name, one.outcome === key, () => { one.outcome = key; refresh(); })));
  refresh();
  const again = make("button", { type: "button", text: "Empty this stop" });
  again.setAttribute("aria-label", `Empty what is entered ${whose}`);
  again.addEventListener("click", () => { Object.assign(one, visit()); keep(); draw(); });
  return [
    make("div", { className: "pair" },
      timeField(`${id}-arrived`, "Arrived", whose, () => one.arrived, (value) => { one.arrived = value; }),
      timeField(`${id}-left`, "Left", whose, () => one.left, (value) => { one.left = value; })),
    make("fieldset", {}, make("legend", { text: "What was found" }), outcomes), counts,
    make("div", { className: "pair" }, again)];
}
function stopCard(stop) {
  const one = (state.visits[stop.number] ||= visit()), shown = make("section", { className: "card", id: `stop-${stop.number}` });
  const team = card.teams > 1 ? `, team ${stop.team}` : "";
  shown.tabIndex = -1;
  shown.append(make("h3", { text: `${stop.number}. ${stop.street || "no street name"}` }),
    make("p", { className: "quiet", text: `Planned ${stop.arrive}, ${stop.minutes} minutes${team}` }),
    ...fields(`s${stop.number}`, `at stop ${stop.number}`, one, shown));
  return shown;
}
function otherCard(one, at) {
  const whose = `at other place ${at + 1}`, shown = make("section", { className: "card", id: `other-${at}` });
  const input = make("input", { type: "text", id: `o${at}-place`, value: one.place, maxLength: 60, autocomplete: "off" });
  input.addEventListener("change", () => { one.place = input.value.trim(); keep(); });
  const gone = make("button", { type: "button", text: "Take this place out" });
  gone.setAttribute("aria-label", `Take other place ${at + 1} out`);
  gone.addEventListener("click", () => { state.others.splice(at, 1); keep(); draw(); $("more").focus(); });
  shown.tabIndex = -1;
  const hint = "Street, or grid reference such as SU 364 455";
  shown.append(make("h3", { text: `Other place ${at + 1}` }), make("label", { className: "name", htmlFor: input.id, text: hint }),
    input, make("p", { className: "quiet", text: "The street's name alone: no house number, nothing about anybody." }),
    ...fields(`o${at}`, whose, one, shown));
  shown.lastElementChild.append(gone);
  return shown;
}
function draw() {
  const whole = "of the walk";
  const date = make("input", { type: "date", id: "date", value: state.date });
  date.addEventListener("change", () => { if (!date.value || /^20\d\d-/.test(date.value)) moveTo(date.value || card.day); });
  const begin = timeField("begins", "Began", whole, () => state.begins, (value) => { setBegin(value); date.value = state.date; },
    (time) => momentOf(state.date, time));
  const end = timeField("ends", "Ended", whole, () => state.ends, (value) => { state.ends = value; });
  const agencies = make("div", { className: "choices" }, ...card.agencies.map((name) =>
    choice("checkbox", "agency", name, state.agencies.includes(name), (on) => {
      state.agencies = card.agencies.filter((one) => (one === name ? on : state.agencies.includes(one)));
    })));
  $("walk").replaceChildren(
    make("div", { className: "pair" }, make("div", { className: "time" }, make("label", { htmlFor: "date", text: "Date" }), date),
      begin, end, stepper("people", "How many walk", "", () => state.people, (value) => { state.people = value; })),
    make("fieldset", {}, make("legend", { text: "Who walks along" }), agencies));
  $("stops").replaceChildren(...card.stops.map(stopCard));
  $("others").replaceChildren(...state.others.map(otherCard));
  tell();
}
function setBegin(value) {
  state.begins = value;
  if (value === null) return;
  state.date = london(value).date;
  for (const [of, key] of times().slice(1)) if (of[key] !== null) of[key] = onWalk(london(of[key]).time);
}
function times() { // where each time of the walk is kept, its beginning first
  const found = [[state, "begins"], [state, "ends"]];
  for (const one of [...Object.values(state.visits), ...state.others]) found.push([one, "arrived"], [one, "left"]);
  return found;
}
function moveTo(date) { // every time keeps its hour on the new day
  const hours = times().map(([of, key]) => (of[key] === null ? null : london(of[key]).time));
  state.date = date;
  state.begins = null;
  times().forEach(([of, key], at) => { of[key] = hours[at] === null ? null : onWalk(hours[at]); });
  keep();
  draw();
}

const ready = () => card.stops.filter((stop) => state.visits[stop.number].outcome);
function faultsOf(one, name, to) {
  const said = [], found = one.bedded_down + one.about_to;
  if (!one.outcome) said.push("say what was found");
  if (one.arrived === null || one.left === null) said.push("set when you arrived and when you left");
  else if (one.left < one.arrived) said.push("it ends before it begins");
  if (one.outcome === "found" && !found) said.push("count who was bedded down or about to");
  if (one.outcome === "found" && found && one.offered > found) said.push("count one offer a person at the most");
  if (one.outcome === "found" && one.accepted + one.refused > one.offered) said.push("more answers than offers");
  return said.map((text) => [`${name}: ${text}`, to]);
}
function faults() {
  const said = [];
  if (state.begins === null || state.ends === null) said.push(["Set when the walk began and ended", "begins"]);
  else if (state.ends <= state.begins) said.push(["The walk ends before it begins", "begins"]);
  if (state.people < card.least) said.push([`Say how many walk, at least ${card.least}`, "people"]);
  if (!state.agencies.length) said.push(["Say who walks along", "walk"]);
  for (const stop of ready()) said.push(...faultsOf(state.visits[stop.number], `Stop ${stop.number}`, `stop-${stop.number}`));
  state.others.forEach((one, at) => {
    if (!one.place) said.push([`Other place ${at + 1}: write the street or the grid reference`, `other-${at}`]);
    said.push(...faultsOf(one, `Other place ${at + 1}`, `other-${at}`));
  });
  if (!ready().length && !state.others.length) said.push(["Nothing is recorded yet: record each stop, also where nobody was", "stops"]);
  return said;
}
function row(one, place) {
  const least = one.outcome === "not accessible" ? 0 : MINUTE, floor = Math.floor(one.arrived / MINUTE) * MINUTE;
  const counts = Object.fromEntries(COUNTS.map(([key]) => [key, one.outcome === "found" ? one[key] : 0]));
  return { ...place, arrived: written(one.arrived), left: written(Math.max(one.left, floor + least)), outcome: one.outcome, ...counts };
}
function placeOf(text) {
  const tidy = text.replace(/\s/g, "").toUpperCase();
  return /^[A-Z]{2}\d{6}$/.test(tidy) ? { square: tidy } : { street: text };
}
function content() {
  return JSON.stringify({ format: "planner-walk", version: 1, card: card.number, digest: card.digest, walk: state.walk,
    begins: written(state.begins), ends: written(state.ends), people: state.people, agencies: state.agencies,
    stops: ready().map((stop) => row(state.visits[stop.number], { stop: stop.number })),
    others: state.others.map((one) => row(one, placeOf(one.place))) }, null, 1);
}
function save() {
  const wrong = faults();
  $("faults").hidden = !wrong.length;
  $("faults-list").replaceChildren(...wrong.map(([text, to]) => {
    const link = make("a", { href: `#${to}`, text });
    link.addEventListener("click", (event) => { event.preventDefault(); $(to).scrollIntoView(); $(to).focus(); });
    return make("li", {}, link);
  }));
  if (wrong.length) {
    $("saved").textContent = "";
    $("faults").focus();
    return;
  }
  const url = URL.createObjectURL(new Blob([content()], { type: "application/json" }));
  make("a", { href: url, download: `walk-${card.number}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  const left = card.stops.length - ready().length;
  $("saved").textContent = `Saved as walk-${card.number}.json, in the phone's downloads. ` +
    (left ? `Stops without a record, which count as not visited: ${left}. ` : "") +
    "Once the council has taken it in, delete the file. What is entered here can be deleted now:";
  $("saved").after($("clear"));
  $("clear").focus();
  $("text").value = content();
}

$("save").addEventListener("click", save);
$("more").addEventListener("click", () => {
  state.others.push({ place: "", ...visit() });
  keep();
  draw();
  $(`o${state.others.length - 1}-place`).focus();
});
$("clear").addEventListener("click", () => {
  if (!confirm("Delete everything entered on this phone for this card?")) return;
  try { localStorage.removeItem(KEY); } catch { keeps = false; }
  strange = false;
  state = fresh();
  draw();
  $("saved").textContent = "Deleted: nothing is kept of this card on this phone. A file that was saved is still there.";
});
$("where").textContent = `What you enter stays in this browser, on this phone alone, under the name ${KEY}, until you delete it, or a form is opened a fortnight after its card expired.`;
$("expired").hidden = london(Date.now()).date <= card.expires;
draw();
