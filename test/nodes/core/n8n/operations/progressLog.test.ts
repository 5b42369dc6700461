import { progressLog, splitLog } from '../../../../../nodes/core/n8n/operations/progressLog';
import { VirtualClock } from '../../virtualClock';

it('logs the progress of a run every quarter of a minute at most, and not of a short one', async () => {
	const clock = new VirtualClock();
	const logged: string[] = [];
	const tell = progressLog((message) => logged.push(message), 'workflows', clock);
	for (let done = 1; done <= 40; done += 1) {
		await clock.pass(1_000);
		tell(done, 40);
	}
	expect(logged).toEqual(['15 of 40 workflows are done', '30 of 40 workflows are done']);
	await clock.pass(60_000);
	tell(40, 40);
	expect(logged).toHaveLength(3);
});

it('logs when requests go on in smaller parts, once for each size', () => {
	const logged: string[] = [];
	const tell = splitLog((message) => logged.push(message), 'records');
	for (const [count, atMost] of [
		[10, 5],
		[5, 3],
		[5, 3],
		[10, 5],
		[3, 1],
	] as const) {
		tell(count, atMost);
	}
	expect(logged).toEqual([
		'A request with 10 records was not carried out as a whole. The run continues with at most 5 per request.',
		'A request with 5 records was not carried out as a whole. The run continues with at most 3 per request.',
		'A request with 3 records was not carried out as a whole. The run continues with at most 1 per request.',
	]);
});
