// What the page has more for those whose browser runs scripts: the reader's own times, news without loading it anew, and a
// word when nobody has written it for a while.
const MINUTE = 60_000;
/** A page that is alive is written anew every 5 minutes. */
const OLD = 15 * MINUTE;

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: "short" });

function zoneAt(moment) {
  return zone.formatToParts(moment).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function tellTimes() {
  for (const time of document.querySelectorAll("time[datetime*=T]")) {
    const moment = new Date(time.dateTime);
    if (moment.getTimezoneOffset() === 0 || time.querySelector(".local")) continue;
    const isSameDay = time.dateTime.slice(8, 10) === String(moment.getDate()).padStart(2, "0");
    const local = document.createElement("span");
    local.className = "local";
    const on = isSameDay ? "" : `${day.format(moment)} `;
    local.textContent = ` (${on}${clock.format(moment)} ${zoneAt(moment)})`;
    time.append(local);
  }
}

function tellAge() {
  const written = document.querySelector("footer time")?.dateTime;
  const old = document.getElementById("old");
  if (old) old.hidden = Date.now() - Date.parse(written ?? "") < OLD;
}

/** Takes over what the page says now, and leaves open what the reader has opened. */
async function look() {
  const answer = await fetch(location.pathname, { cache: "no-cache" }).catch(() => null);
  if (answer?.ok) {
    const news = new DOMParser().parseFromString(await answer.text(), "text/html");
    const said = (of) => of.querySelector("main")?.textContent.replaceAll(/ \([^()]*\)/g, "");
    if (said(news) !== said(document)) {
      for (const details of news.querySelectorAll("article[id] > details"))
        details.open =
          document.getElementById(details.parentElement.id)?.querySelector("details")?.open ??
          details.open;
      document.title = news.title;
      document.querySelector("main")?.replaceWith(news.querySelector("main"));
    }
    document.querySelector("footer time")?.replaceWith(news.querySelector("footer time"));
    tellTimes();
  }
  tellAge();
}

tellTimes();
tellAge();
setInterval(look, MINUTE);
