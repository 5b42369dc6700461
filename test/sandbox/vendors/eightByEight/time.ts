import { textThat } from '../../core/rules.ts';

/** Answers carry UTC with exactly two fraction digits; the third is cut, not rounded. */
export function hundredths(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 22)}Z`;
}

/** `data.triggeredAt` alone carries seven fraction digits. */
export function ticks(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 23)}0000Z`;
}

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** ISO 8601 to milliseconds, UTC where no zone is given; undefined when it is no such time. */
export function parseTime(text: string): number | undefined {
	const match = ISO.exec(text);
	if (!match) return undefined;
	const ms = Date.parse(match[1] && !match[4] ? `${text}Z` : text);
	return Number.isNaN(ms) ? undefined : ms;
}

/** A seed option or a switch that is such a time. */
export const isoTime = textThat('an ISO 8601 time', (value) => parseTime(value) !== undefined);
