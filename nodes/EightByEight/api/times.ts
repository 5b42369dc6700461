import { asText } from '../../core/http/messages';

/** 8x8 gives and takes times in hundredths of a second; what is finer it cuts off ("Get instance", samples). */
export const TIME_STEP_MS = 10;

/** A timestamp of 8x8's in epoch milliseconds; undefined when there is none. */
export function timeOf(value: unknown): number | undefined {
	const millis = Date.parse(asText(value) ?? '');
	return Number.isNaN(millis) ? undefined : millis;
}

/** Epoch milliseconds as 8x8 writes them: `2021-06-24T09:33:06.60Z`. What is finer is cut off. */
export function timeText(millis: number): string {
	return new Date(millis).toISOString().replace(/\dZ$/, 'Z');
}

/** The last moment that 8x8 can be asked for and that is not later. Epoch milliseconds. */
export function notLater(millis: number | undefined): number | undefined {
	return millis === undefined ? undefined : Math.floor(millis / TIME_STEP_MS) * TIME_STEP_MS;
}

/** The first moment that 8x8 can be asked for and that is not earlier. Epoch milliseconds. */
export function notEarlier(millis: number | undefined): number | undefined {
	return millis === undefined ? undefined : Math.ceil(millis / TIME_STEP_MS) * TIME_STEP_MS;
}
