// Draws one call and seeks the page's <audio> to any second of it. All texts go in as text, never as markup.
const LEVELS = { good: "Good", average: "Average", poor: "Poor" };
const VOICES = { loudness: "Loudness", pitch: "Pitch", rate: "Pace" };
const SVG = "http://www.w3.org/2000/svg";
const begun = new WeakSet(); // mounts whose recording has been set to its second
const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function draw(tag, attributes = {}, text = null) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== null) element.textContent = text;
  return element;
}

// Streamlit fetches its player's code when a page first needs it: the element may come any time after this view.
function whenShown(near, find, act) {
  const look = () => {
    const found = find();
    if (found) act(found);
    return found || !near.isConnected;
  };
  if (look()) return;
  const watch = new MutationObserver(() => look() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
}

// Streamlit's player begins at whole seconds, and may say so once more later; a quote starts between them. Where a player
// has gone to is a few hundredths off where it was sent.
function startAt(audio, seconds) {
  const begin = () => {
    const isAt = (second) => Math.abs(audio.currentTime - second) < 0.1;
    if (audio.readyState < 1 || !audio.paused || ![0, Math.floor(seconds), seconds].some(isAt)) return;
    if (!isAt(seconds)) audio.currentTime = seconds;
    if (navigator.userActivation?.hasBeenActive) audio.play().catch(() => {});
  };
  const theirs = ["loadedmetadata", "seeked"], ours = ["play", "pointerdown", "keydown"];
  const end = () => theirs.forEach((event) => audio.removeEventListener(event, begin));
  theirs.forEach((event) => audio.addEventListener(event, begin));
  ours.forEach((event) => audio.addEventListener(event, end, { once: true }));
  begin();
}

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".call");
  const player = () => document.querySelector('[data-testid="stAudio"]');
  const state = { criterion: data.criterion, voice: "loudness" };

  function seek(seconds) {
    const address = new URL(window.location.href);
    address.searchParams.set("t", seconds.toFixed(1));
    window.history.replaceState(window.history.state, "", address);
    const audio = data.has_audio ? player() : null;
    if (audio) {
      const go = () => { audio.currentTime = seconds; audio.play().catch(() => {}); };
      audio.readyState >= 1 ? go() : audio.addEventListener("loadedmetadata", go, { once: true });
    }
    follow(seconds, !audio);
  }

  function follow(seconds, scroll = false) {
    const playhead = root.querySelector(".playhead");
    if (playhead) { playhead.setAttribute("x1", x(seconds)); playhead.setAttribute("x2", x(seconds)); }
    const spoken = data.turns.filter((turn) => turn.start <= seconds + 0.05 && seconds < turn.end);
    const now = spoken.at(-1) ?? data.turns.filter((turn) => turn.start <= seconds).at(-1);
    root.querySelectorAll(".turns li.now").forEach((item) => item.classList.remove("now"));
    const item = now ? root.querySelector(`.turns li[data-turn="${now.index}"]`) : null;
    item?.classList.add("now");
    if (scroll) item?.scrollIntoView({ block: "center", behavior: "smooth" });
  }

  let width = Math.max(320, root.clientWidth || parentElement.clientWidth || 900);
  const left = () => (width < 560 ? 4 : 74);
  const x = (seconds) => left() + (seconds / data.duration) * (width - left() - 6);

  function timeline() {
    const narrow = width < 560;
    const top = narrow ? 40 : 26, lane = 24, gap = narrow ? 22 : 8, curveTop = top + 2 * lane + gap + 26;
    const curve = data.has_voice ? 74 : 0, height = curveTop + curve + (curve ? 22 : 2);
    const svg = draw("svg", { class: "timeline", viewBox: `0 0 ${width} ${height}`, height, role: "img", "aria-label": data.alt });
    for (const phase of data.phases) {
      svg.append(draw("line", { class: "phase", x1: x(phase.start), x2: x(phase.start), y1: 2, y2: height - 20 }));
      if (x(phase.end) - x(phase.start) > phase.name.length * 6.6)
        svg.append(draw("text", { x: x(phase.start) + 5, y: 13 }, phase.name));
    }
    ["rep", "customer"].forEach((speaker, row) => {
      const y = top + row * (lane + gap);
      svg.append(draw("rect", { class: "lane", x: left(), y, width: width - left() - 6, height: lane }));
      svg.append(draw("text", narrow ? { x: left() + 5, y: y - 4 } : { x: 0, y: y + 16 }, speaker === "rep" ? "Rep" : "Customer"));
      for (const turn of data.turns.filter((item) => item.speaker === speaker)) {
        const bar = draw("rect", {
          class: `turn ${speaker} ${turn.backchannel ? "backchannel" : ""}`, x: x(turn.start), y, rx: 2, height: lane,
          width: Math.max(2, x(turn.end) - x(turn.start)),
        });
        bar.append(draw("title", {}, `${clock(turn.start)} ${speaker}: ${turn.text}`));
        bar.addEventListener("click", () => seek(turn.start));
        svg.append(bar);
      }
    });
    for (const mark of data.marks) {
      const at = x(mark.at), y = top + 2 * lane + gap + 4;
      const shape = mark.kind === "interruption"
        ? draw("path", { class: "mark", d: `M${at} ${y} l6 10 h-12 z` })
        : draw("circle", { class: "heat", cx: at, cy: y + 6, r: 4.5 });
      shape.append(draw("title", {}, `${clock(mark.at)} ${mark.says}`));
      svg.append(shape);
    }
    if (curve) curves(svg, curveTop, curve);
    for (const fraction of [0, 0.25, 0.5, 0.75, 1])
      svg.append(draw("text", {
        x: x(fraction * data.duration), y: height - 4,
        "text-anchor": fraction === 0 ? "start" : fraction === 1 ? "end" : "middle",
      }, clock(fraction * data.duration)));
    svg.append(draw("line", { class: "playhead", x1: x(data.start), x2: x(data.start), y1: 18, y2: height - 18 }));
    return svg;
  }

  function curves(svg, top, height) {
    const y = (z) => top + height / 2 - (Math.max(-3, Math.min(3, z)) / 3) * (height / 2);
    svg.append(draw("line", { class: "zero", x1: left(), x2: width - 6, y1: y(0), y2: y(0) }));
    if (left() > 10) svg.append(draw("text", { x: 0, y: y(0) + 4 }, VOICES[state.voice]));
    for (const speaker of ["rep", "customer"]) {
      const points = data.turns.filter((turn) => turn.speaker === speaker && turn[state.voice] !== null)
        .map((turn) => `${x((turn.start + turn.end) / 2).toFixed(1)},${y(turn[state.voice]).toFixed(1)}`);
      svg.append(draw("polyline", { class: `curve ${speaker}`, points: points.join(" ") }));
    }
  }

  function voices() {
    const choices = Object.entries(VOICES).map(([name, title]) => {
      const input = make("input", { type: "radio", name: "voice", value: name });
      input.checked = name === state.voice;
      input.addEventListener("change", () => { state.voice = name; root.querySelector(".timeline").replaceWith(timeline()); });
      return make("label", {}, input, ` ${title}`);
    });
    return make("fieldset", { class: "voices" }, make("legend", {}, "Voice curve"), ...choices);
  }

  function quoteButton(seconds, text, speaker) {
    const button = make("button", { type: "button", class: "said", "data-seconds": seconds },
      make("span", { class: `who ${speaker}` }, speaker === "rep" ? "Rep " : "Customer "),
      make("span", { class: "at" }, `${data.has_audio ? "▶ " : ""}${clock(seconds)}`), ` “${text}”`);
    button.addEventListener("click", () => seek(seconds));
    return button;
  }

  function scores() {
    const list = make("div", {}, make("h2", {}, "Scores and their evidence"));
    for (const score of data.scores) {
      const details = make("details", { class: "score", "data-criterion": score.id });
      details.open = score.id === state.criterion;
      const known = score.score !== null;
      const value = known ? `${Math.round(score.score)} ` : "Not applicable";
      details.append(make("summary", {},
        make("span", { class: "name" }, score.name),
        make("span", { class: "value" }, value, known ? make("span", { class: score.level }, LEVELS[score.level]) : null),
        make("span", { class: "note under" }, score.says)));
      for (const moment of score.moments) {
        details.append(make("div", { class: `moment ${moment.level}`, "data-evidence": moment.id },
          moment.cue ? make("p", {}, quoteButton(moment.cue_start, moment.cue, "customer")) : null,
          make("p", {}, quoteButton(moment.start, moment.quote, "rep")),
          make("p", { class: "note" }, make("span", { class: `who ${moment.level}` }, LEVELS[moment.level]), ` ${moment.why}`)));
      }
      if (known && !score.moments.length) details.append(make("p", { class: "note moment" }, "No single moment is kept under this score."));
      details.addEventListener("toggle", () => { if (details.open) { state.criterion = score.id; mark(); } });
      list.append(details);
    }
    return list;
  }

  function transcript() {
    const list = make("ol", { class: "turns" });
    let phase = null;
    for (const turn of data.turns) {
      if (turn.phase && turn.phase !== phase) {
        phase = turn.phase;
        list.append(make("li", { class: "phase", role: "presentation" }, phase));
      }
      const button = make("button", { type: "button" },
        make("span", { class: `who ${turn.speaker}` }, turn.speaker === "rep" ? "Rep " : "Customer "),
        make("span", { class: "at" }, clock(turn.start)), ` ${turn.text}`,
        ...turn.tags.map((tag) => make("span", { class: "tag" }, tag)));
      button.addEventListener("click", () => seek(turn.start));
      list.append(make("li", { "data-turn": turn.index, class: turn.backchannel ? "backchannel" : "" }, button));
    }
    return make("div", {}, make("h2", {}, "Transcript"), list);
  }

  function mark() {
    const score = data.scores.find((item) => item.id === state.criterion);
    root.querySelectorAll(".turns li[data-turn]").forEach((item) => {
      item.classList.remove("good", "average", "poor");
      const moment = score?.moments.find((found) => String(found.turn) === item.dataset.turn);
      if (moment) item.classList.add(moment.level);
    });
  }

  root.replaceChildren(
    timeline(),
    data.has_voice ? voices() : make("p", { class: "note" }, data.no_voice),
    make("p", { class: "note" }, data.legend),
    make("div", { class: "halves" }, scores(), transcript()),
  );
  mark();
  follow(data.start, data.start > 0 && !data.has_audio);

  // Who clicked "Hear it" hears it, once; an address opened from elsewhere waits at its second, as browsers want it.
  if (data.has_audio && data.start > 0 && !begun.has(parentElement)) {
    begun.add(parentElement);
    whenShown(parentElement, player, (audio) => startAt(audio, data.start));
  }

  const listen = () => follow(player()?.currentTime ?? 0);
  const timer = data.has_audio ? setInterval(() => { const audio = player(); if (audio && !audio.paused) listen(); }, 200) : null;
  const observer = new ResizeObserver(() => {
    const next = Math.max(320, root.clientWidth);
    if (Math.abs(next - width) > 4) { width = next; root.querySelector(".timeline")?.replaceWith(timeline()); }
  });
  observer.observe(root);
  return () => { if (timer) clearInterval(timer); observer.disconnect(); };
}
