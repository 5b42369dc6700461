import { progressLog } from '../../../../../nodes/core/n8n/operations/progressLog';
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
