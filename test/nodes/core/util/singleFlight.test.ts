import { AbandonedError } from '../../../../nodes/core/util/abandoned';
import { SingleFlight } from '../../../../nodes/core/util/singleFlight';

const later = async <T>(value: T): Promise<T> =>
	await new Promise((resolve) => setTimeout(() => resolve(value), 5));

it('runs a task once for all who want it at the same time, by key', async () => {
	const flights = new SingleFlight<string>();
	let runs = 0;
	const task = async () => await later(`run ${(runs += 1)}`);
	const [first, second, other] = await Promise.all([
		flights.run('a', task),
		flights.run('a', task),
		flights.run('b', task),
	]);
	expect([first, second, other]).toEqual(['run 1', 'run 1', 'run 2']);
	expect(await flights.run('a', task)).toBe('run 3');
});

it('shows what is under way, and forgets it when it has ended, by an error too', async () => {
	const flights = new SingleFlight<string>();
	expect(flights.pending('a')).toBeUndefined();
	const failing = flights.run('a', async () => await Promise.reject(new Error('no')));
	await expect(flights.pending('a')).rejects.toThrow('no');
	await expect(failing).rejects.toThrow('no');
	expect(flights.pending('a')).toBeUndefined();
	expect(await flights.run('a', async () => await later('yes'))).toBe('yes');
});

it('goes on as long as one of those who came wants it', async () => {
	const flights = new SingleFlight<string>();
	const wants = { first: true, second: true };
	const seen: boolean[] = [];
	const task = async (isWanted: () => boolean): Promise<string> => {
		seen.push(isWanted());
		wants.first = false;
		await later('');
		seen.push(isWanted());
		wants.second = false;
		seen.push(isWanted());
		return 'done';
	};
	const first = flights.run('a', task, () => wants.first);
	const second = flights.run('a', task, () => wants.second);
	expect(await Promise.all([first, second])).toEqual(['done', 'done']);
	expect(seen).toEqual([true, true, false]);
});

it('is begun anew for one who came when it was given up', async () => {
	const flights = new SingleFlight<string>();
	let runs = 0;
	let giveUp: () => void = () => undefined;
	const task = async (): Promise<string> => {
		runs += 1;
		if (runs > 1) return 'again';
		await new Promise<void>((resolve) => (giveUp = resolve));
		throw new AbandonedError();
	};
	const cancelled = flights.run('a', task, () => false);
	await later('');
	const waiting = flights.run('a', task);
	giveUp();
	await expect(cancelled).rejects.toThrow(AbandonedError);
	expect(await waiting).toBe('again');
});
