/**
 * The bare loop: a separate program that sends the fewest possible requests and does nothing else. The benchmark sends it
 * the range of targets over the IPC channel and gets the milliseconds back.
 */
import minimal from './nodes/minimum.cjs';
import ranges from './nodes/targets.cjs';

const { minimum, sendAll } = minimal;
const { targetsOf } = ranges;

// The parent watch lets an idle program end; this one waits for work.
process.channel.ref();

process.on('message', async (message) => {
	if (!message?.bare) return;
	const { vendor, range, baseUrl, headers } = message.bare;
	const targets = targetsOf(range);
	const started = performance.now();
	try {
		await sendAll(minimum(vendor, targets), async ({ method, path, body }) => {
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
