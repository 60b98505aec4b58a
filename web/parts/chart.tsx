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

/** The powers of ten that a range lies between. */
function powersAround(least: number, most: number): [number, number] {
  return [10 ** Math.floor(Math.log10(least)), 10 ** Math.ceil(Math.log10(most) + 0.05)];
}

/** On a scale of powers only these are told. */
function tick(value: number | null, { unit, scale }: { unit: string; scale: Scale }): string {
  if (value === null) return "";
  if (scale === "log" && !Number.isInteger(Math.log10(value))) return "";
  const text = value >= 1e6 ? `1e${Math.log10(value)}` : value.toLocaleString("en-GB");
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
      { ...axis, values: (_, ticks) => ticks.map(clock) },
      { ...axis, size: 60, values: (_, ticks) => ticks.map((one) => tick(one, { unit, scale })) },
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
