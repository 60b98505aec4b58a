import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";

/** One line of a chart. A dashed line is told apart without its colour. */
export interface Line {
  readonly name: string;
  readonly tone: keyof typeof TONES;
  readonly dashed: boolean;
  readonly values: readonly (number | null)[];
}

type Scale = "from 0" | "log";

const HEIGHT = 140;

/** Lines over time. What it shows stands in a table beside it, too. */
export function Chart({
  label,
  unit,
  scale = "from 0",
  times,
  lines,
}: {
  label: string;
  unit: string;
  /** `log` for what multiplies. */
  scale?: Scale;
  /** Moments in ms. */
  times: readonly number[];
  lines: readonly Line[];
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const plot = new UPlot(optionsFor(box, { unit, scale, lines }), dataOf(times, lines), box);
    const fit = new ResizeObserver(() => plot.setSize({ width: box.clientWidth, height: HEIGHT }));
    fit.observe(box);
    return () => {
      fit.disconnect();
      plot.destroy();
    };
  }, [unit, scale, times, lines]);
  return (
    <figure className="grid gap-1">
      <figcaption className="flex flex-wrap items-center gap-x-4 text-sm">
        <span className="font-medium">{label}</span>
        {lines.map(({ name, tone, dashed }) => (
          <span key={name} className={`flex items-center gap-1.5 ${TONES[tone]}`}>
            <span
              aria-hidden="true"
              className={`w-5 border-t-2 border-current ${dashed ? "border-dashed" : ""}`}
            />
            {name}
          </span>
        ))}
      </figcaption>
      <div ref={place} aria-hidden="true" className="min-w-0" />
    </figure>
  );
}

const TONES = { calm: "text-calm", wait: "text-wait", bad: "text-bad" } as const;

/** A tick of the time axis in the reader's zone; ticks count in seconds. */
function clock(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString("en-GB");
}

/** What may lie between two ticks of the time axis: whole seconds, minutes, hours, days. */
const SECONDS = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200],
  ...[14_400, 21_600, 43_200, 86_400, 172_800, 604_800],
];

/** The powers of ten that a range lies between. */
function powersAround(least: number, most: number): [number, number] {
  return [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most) + 0.05)];
}

/** `100`, `10 k`, `1 M`, and powers beyond. */
function short(value: number): string {
  if (value < 1000) return value.toLocaleString("en-GB", { maximumSignificantDigits: 1 });
  if (value < 1e6) return `${value / 1000} k`;
  return value < 1e9 ? `${value / 1e6} M` : `10^${Math.log10(value)}`;
}

/** The powers within a range, at most about six of them: lines between them only crowd. */
function powersWithin(least: number, most: number): number[] {
  const [from, to] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(most))];
  const every = Math.max(1, Math.ceil((to - from) / 6));
  const powers: number[] = [];
  for (let power = from; power <= to; power += every) powers.push(10 ** power);
  return powers;
}

/** On a scale of powers only these are told. */
function tick(value: number | null, { unit, scale }: { unit: string; scale: Scale }): string {
  if (value === null) return "";
  if (scale === "log" && !Number.isInteger(Math.log10(value))) return "";
  const text = scale === "log" ? short(value) : value.toLocaleString("en-GB");
  return unit === "" ? text : `${text} ${unit}`;
}

function dataOf(times: readonly number[], lines: readonly Line[]): UPlot.AlignedData {
  return [times.map((at) => at / 1000), ...lines.map(({ values }) => [...values])];
}

function optionsFor(
  box: HTMLElement,
  { unit, scale, lines }: { unit: string; scale: Scale; lines: readonly Line[] },
): UPlot.Options {
  const style = getComputedStyle(box);
  const colour = (name: string) => style.getPropertyValue(`--color-${name}`).trim() || style.color;
  const axis = {
    stroke: style.color,
    grid: { stroke: colour("line"), width: 1 },
    ticks: { stroke: colour("line"), width: 1 },
  };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      y:
        scale === "log"
          ? { distr: 3, range: (_, least, most) => powersAround(least, most) }
          : { range: (_, __, most) => [0, Math.max(1, most * 1.1)] },
    },
    axes: [
      { ...axis, space: 90, incrs: SECONDS, values: (_, ticks) => ticks.map(clock) },
      {
        ...axis,
        size: 60,
        values: (_, ticks) => ticks.map((one) => tick(one, { unit, scale })),
        ...(scale === "log" && { splits: (_, __, least, most) => powersWithin(least, most) }),
      },
    ],
    series: [
      {},
      ...lines.map(({ name, tone, dashed }) => ({
        label: name,
        stroke: colour(tone),
        width: 2,
        spanGaps: false,
        ...(dashed && { dash: [6, 4] }),
      })),
    ],
  };
}
