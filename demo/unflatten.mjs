/**
 * Decodes the format in which n8n keeps the data of an execution: a JSON list whose first entry is the root. Every string
 * inside an object or a list is the index of the entry to put there.
 *
 * @param {string} text
 */
export function unflatten(text) {
	const entries = JSON.parse(text);
	const revived = new Map();
	const revive = (index) => {
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		if (revived.has(index)) return revived.get(index);
		const copy = Array.isArray(entry) ? [] : {};
		revived.set(index, copy);
		for (const [key, value] of Object.entries(entry)) {
			copy[key] = typeof value === 'string' ? revive(Number(value)) : value;
		}
		return copy;
	};
	return revive(0);
}
