import { VENDORS } from './vendors.mjs';

const MEGABYTE = 1024 * 1024;

/** @param {number} ms */
export function seconds(ms) {
	return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** @param {number} ms */
export function milliseconds(ms) {
	return `${Math.round(ms)} ms`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
	return `${Math.round(bytes / MEGABYTE)} MB`;
}

/** How far the heap rose above its start, for each target. @param {import('./comparison.mjs').Row} row */
export function bytesPerTarget({ peakHeap, heap, count }) {
	return `${thousands(Math.round((peakHeap - heap) / count))} bytes`;
}

/** 10000 as 10,000. @param {number} count */
export function thousands(count) {
	return count.toLocaleString('en-US');
}

/** `1 write`, `1,000 writes`. @param {number} count @param {string} noun */
export function counted(count, noun) {
	return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** @param {import('./workloads.mjs').Workload} work */
export function titleOf({ vendor, count, special }) {
	return `${VENDORS[vendor].label} ${thousands(count)}${special ? `, ${special}` : ''}`;
}
