import { useQuery } from "@tanstack/react-query";
import type { AgendaEntry } from "#core/reports/agenda.ts";
import { type Agenda, agenda } from "../data/queries.ts";
import { collisionsOf, type Day, dateIn, type Month, monthsOf } from "../model/calendar.ts";
import { Asked } from "../parts/asked.tsx";
import { Moment } from "../parts/moment.tsx";
import { Row, Table } from "../parts/table.tsx";
import { Nothing } from "../parts/trouble.tsx";

const MONTHS = 3;
const WEEK = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const KINDS: Readonly<Record<AgendaEntry["kind"], { mark: string; look: string }>> = {
  window: { mark: "▢", look: "border-good/50 text-good" },
  freeze: { mark: "❄", look: "border-calm/60 text-calm" },
  blackout: { mark: "■", look: "border-bad/60 text-bad" },
  release: { mark: "▸", look: "border-brand bg-brand text-brand-ink" },
};

export function Calendar() {
  const query = useQuery(agenda);
  return (
    <section className="grid grid-cols-1 gap-6">
      <title>Calendar · Holdpoint</title>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1>Calendar</h1>
        {query.data && <p className="text-soft">days of {query.data.zone}</p>}
        <a href="/api/calendar.ics" download="holdpoint.ics" className="ml-auto">
          iCalendar feed
        </a>
      </div>
      <Asked query={query} what="The calendar" rows={6}>
        {(value) => <Known agenda={value} />}
      </Asked>
    </section>
  );
}

function Known({ agenda: { entries, zone, at } }: { agenda: Agenda }) {
  const months = monthsOf(entries, { from: at, count: MONTHS, zone });
  const collisions = collisionsOf(entries);
  return (
    <>
      <ul className="flex flex-wrap gap-4 text-sm" aria-label="What the marks mean">
        {Object.entries(KINDS).map(([kind, { mark }]) => (
          <li key={kind}>
            <span aria-hidden="true">{mark}</span> {kind}
          </li>
        ))}
        <li>
          <span aria-hidden="true">⚠</span> meets another
        </li>
      </ul>
      {months.map((month) => (
        <MonthTable
          key={month.key}
          month={month}
          collisions={collisions}
          today={dateIn(zone, at)}
        />
      ))}
      <List entries={entries} collisions={collisions} />
    </>
  );
}

interface Marked {
  readonly collisions: ReadonlyMap<string, string>;
}

function MonthTable({ month, collisions, today }: { month: Month; today: string } & Marked) {
  return (
    <section aria-labelledby={month.key} className="hidden gap-2 md:grid">
      <h2 id={month.key}>{month.name}</h2>
      <table className="w-full table-fixed border-collapse overflow-hidden rounded-lg border border-line bg-card text-sm">
        <thead className="text-left text-soft">
          <tr>
            {WEEK.map((day) => (
              <th key={day} scope="col" className="px-2 py-1 font-medium">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {month.weeks.map((week) => (
            <tr key={week[0]?.date}>
              {week.map((day) => (
                <DayCell
                  key={day.date}
                  day={day}
                  isToday={day.date === today}
                  collisions={collisions}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function DayCell({ day, isToday, collisions }: { day: Day; isToday: boolean } & Marked) {
  if (!day.isOfMonth) return <td className="h-20 border border-line bg-sunk" />;
  return (
    <td className="h-20 border border-line p-1.5 align-top">
      <span
        className={isToday ? "rounded-full bg-ink px-1.5 font-semibold text-paper" : "text-soft"}
      >
        {day.number}
        {isToday && <span className="sr-only"> (today)</span>}
      </span>
      <ul className="mt-1 grid gap-1">
        {day.entries.map((entry) => {
          const clash = collisions.get(entry.uid);
          return (
            <li
              key={entry.uid}
              className={`truncate rounded border px-1 text-xs ${KINDS[entry.kind].look}`}
              title={clash ? `${entry.title}, ${clash}` : entry.title}
            >
              <span aria-hidden="true">{clash ? "⚠" : KINDS[entry.kind].mark} </span>
              {entry.title}
            </li>
          );
        })}
      </ul>
    </td>
  );
}

function List({ entries, collisions }: { entries: readonly AgendaEntry[] } & Marked) {
  return (
    <section aria-labelledby="agenda" className="grid grid-cols-1 gap-2">
      <h2 id="agenda">In order</h2>
      {entries.length === 0 ? (
        <Nothing title="The policy's calendar says nothing for the next quarter." />
      ) : (
        <Table label="The calendar in order" head={["From", "To", "What", "Note"]}>
          {entries.map(({ uid, kind, from, to, title, note }) => (
            <Row key={uid}>
              <td>
                <Moment at={from} />
              </td>
              <td>{to !== null && <Moment at={to} />}</td>
              <td>
                <span aria-hidden="true">{KINDS[kind].mark} </span>
                {kind}: {title}
              </td>
              <td>
                {collisions.has(uid) && (
                  <strong className="text-wait">⚠ {collisions.get(uid)} </strong>
                )}
                {note}
              </td>
            </Row>
          ))}
        </Table>
      )}
    </section>
  );
}
