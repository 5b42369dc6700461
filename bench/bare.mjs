/**
 * The bare loop: a program of its own that sends the fewest requests there can be, with nothing around them. The
 * benchmark tells it over its channel what to do and gets the milliseconds back.
 */
import minimal from './nodes/minimum.cjs';

const { minimum, work } = minimal;

// The leash lets a program end that has nothing to do; this one waits for work.
process.channel.ref();

process.on('message', async (message) => {
	if (!message?.bare) return;
	const { vendor, ids, baseUrl, headers } = message.bare;
	const started = performance.now();
	try {
		await work(minimum(vendor, ids), async ({ method, path, body }) => {
			const response = await fetch(baseUrl + path, {
				method,
				headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
				body,
				redirect: 'manual',
			});
			const text = await response.text();
			if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${text}`);
		});
		process.send({ bare: { ms: performance.now() - started } });
	} catch (error) {
		process.send({ bare: { ms: performance.now() - started, failure: error.message } });
	}
});
