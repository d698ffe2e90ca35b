(() => {
  const bar = document.getElementById("session-end");
  const [text, button, link] = ["p", "button", "a"].map(one => bar.querySelector(one));
  const say = bar.dataset;
  const before = { idle: say.beforeIdle * 1000, longest: say.beforeLongest * 1000 };
  const ends = { idle: 0, longest: 0 };
  let timer, told = "", from;

  const learn = left => {
    ends.idle = Date.now() + left.idle * 1000;
    ends.longest = Date.now() + left.longest * 1000;
  };
  const clock = moment => new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
  // What is said is said once, and read out when it changes.
  const tell = (what, moment) => {
    const words = what ? say[what].replace("--:--", clock(moment)) : "";
    button.hidden = what !== "idle" && what !== "failed";
    link.hidden = what !== "over";
    bar.hidden = !what;
    if (told !== words) text.textContent = told = words;
  };
  // null when there is no session, undefined when that is not known.
  const ask = () => fetch("/aanmelden/resterend", { cache: "no-store" }).then(answer => (answer.ok ? answer.json() : undefined)).catch(() => undefined);
  const due = () => Math.min(ends.idle - before.idle, ends.longest - before.longest);
  const at = moment => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.min(Math.max(moment - Date.now(), 500), 60000));
  };
  const over = () => {
    clearTimeout(timer);
    tell("over", Math.min(ends.idle, ends.longest, Date.now()));
  };
  const look = async () => {
    let unknown = 0;
    if (Date.now() >= due()) {
      // Another window, or what is saved while somebody types, may have made it longer.
      const left = await ask();
      if (left === null) return over();
      if (left) learn(left);
      // Whoever cannot be asked is not asked again at once.
      else unknown = Date.now() + 30000;
    }
    const now = Date.now();
    if (now < due()) {
      tell();
      return at(due());
    }
    const idle = now >= ends.idle - before.idle;
    const longest = now >= ends.longest - before.longest;
    if (longest && (!idle || ends.longest <= ends.idle)) tell("longest", ends.longest);
    else tell("idle", ends.idle);
    at(Math.max(Math.min(ends.idle, ends.longest) + 1000, unknown));
  };

  button.addEventListener("focus", event => (from = event.relatedTarget ?? from));
  button.addEventListener("click", async () => {
    const done = await fetch("/verlengen", { method: "POST" }).then(answer => answer.ok, () => false);
    const left = await ask();
    if (left === null) return over();
    if (!done || !left) return tell("failed", Date.now());
    learn(left);
    // The button goes away: whoever pressed it goes on where they were.
    (from?.isConnected ? from : document.getElementById("inhoud")).focus();
    tell("stayed", ends.idle);
    clearTimeout(timer);
    timer = setTimeout(look, 8000);
  });
  document.addEventListener("visibilitychange", () => document.hidden || look());
  learn({ idle: +say.leftIdle, longest: +say.leftLongest });
  at(due());
})();
