import { eventually } from '../../eventually.mjs';
import { UserError } from '../../userError.mjs';
import { DEFINITION, pathOf } from '../cleanups.mjs';
import { inInstances, inOutcomes, unless } from '../differences.mjs';
import { ended, executionsOf, reportOf, retry } from '../executions.mjs';

const WITHIN_MS = 180_000;
/** Slow enough to kill the worker in the middle. */
const LATENCY_MS = 250;
/** n8n's message for an execution whose worker is gone. */
const LOST = /failed to be processed too many times/;
const MIDDLE = { from: 0.1, to: 0.9 };

/** One execution for each vendor; `again` is the outcome of a target that had already ended. */
const CLEANUPS = [
	{ vendor: 'bitrix24', label: 'Bitrix24', count: 2000, options: {}, again: 'notRunning' },
	{
		vendor: 'eightByEight',
		label: '8x8',
		count: 150,
		options: { definitionId: DEFINITION, state: 'Runnable' },
		again: 'alreadyEnded',
	},
];

/** Kills a worker in the middle of two cleanups, and checks what n8n does then and what the user has to do. */
export async function killed(cluster) {
	const { n8n, control, workflows, workers } = cluster;
	const [victim, other] = workers;
	// Both cleanups have to run on the worker that is killed.
	await other.stop();
	await control.latency(LATENCY_MS);
	const stages = await Promise.all(CLEANUPS.map(async (each) => await setStage(cluster, each)));
	for (const stage of stages) await call(cluster, stage);
	await untilInTheMiddle(control, stages);
	await victim.kill();
	const killedAt = Date.now();
	for (const stage of stages) stage.half = await control.instances(stage.vendor);
	await control.latency(0);
	await other.start();

	const found = [];
	const summary = [];
	for (const stage of stages) {
		const [lost] = await untilEnded(cluster, stage);
		stage.lost = lost.id;
		const { error } = await reportOf(n8n, lost.id);
		found.push(
			...unless(lost.status === 'error', `n8n says ${lost.status} of the lost execution, expected error`),
			...unless(LOST.test(error?.message), `n8n says of the lost execution: ${error?.message}`),
		);
	}
	const noticed = (Date.now() - killedAt) / 1000;
	const tries = await Promise.all(stages.map(async ({ lost }) => await retry(n8n, lost)));
	for (const [index, stage] of stages.entries()) {
		const same = inInstances(stage.half, await control.instances(stage.vendor), []);
		found.push(...unless(same.length === 0, `${stage.label} was asked again by n8n itself or by Retry`));
		found.push(...unless(tries[index].status === 'error', `Retry ended with ${tries[index].status}`));
	}
	const alarms = await alarmsFor(n8n, workflows.alarm, stages);
	found.push(...unless(alarms === stages.length, `The error workflow was told of ${alarms} lost executions`));
	summary.push(
		`killed in the middle of two cleanups; n8n noticed after ${noticed.toFixed(0)} s, failed both executions and told the error workflow`,
		'n8n did not run them again by itself; Retry in its list of executions sent nothing: n8n no longer has their input',
	);

	for (const stage of stages) {
		const { outcomes } = await callAgain(cluster, stage);
		const expected = expectedAgain(stage);
		found.push(
			...inOutcomes(outcomes, expected),
			...inInstances(stage.before, await control.instances(stage.vendor), stage.targets),
		);
		const before = [...expected.values()].filter((outcome) => outcome === stage.again).length;
		summary.push(
			`${stage.label}: ${before} of ${expected.size} had ended; the same call again: ${before} ${stage.again}, ${expected.size - before} terminated, nothing else touched`,
		);
	}
	return { found, summary };
}

async function setStage({ n8n, control, workflows }, { vendor, count, options, ...cleanup }) {
	const { ids: targets } = await control.seed(vendor, count, options);
	await control.seed(vendor, 10, options);
	return {
		...cleanup,
		vendor,
		targets,
		before: await control.instances(vendor),
		earlier: (await executionsOf(n8n, workflows[vendor])).map(({ id }) => id),
	};
}

async function call({ n8n }, { vendor, targets }) {
	await n8n.callWebhook(pathOf(vendor), {}, { ids: targets });
}

async function untilInTheMiddle(control, stages) {
	const ask = async () => await Promise.all(stages.map(async (stage) => await endedShare(control, stage)));
	const areIn = (shares) => shares.every((share) => share >= MIDDLE.from && share <= MIDDLE.to);
	const isPast = (shares) => shares.some((share) => share > MIDDLE.to);
	const shares = await eventually(ask, (now) => areIn(now) || isPast(now), WITHIN_MS);
	if (areIn(shares)) return;
	throw new UserError(`The two cleanups were never in the middle together: ${shares.join(' and ')}`);
}

async function endedShare(control, { vendor, targets }) {
	const instances = await control.instances(vendor);
	return targets.filter((id) => hasEnded(instances[id])).length / targets.length;
}

function hasEnded({ state }) {
	return state === 'terminated';
}

async function untilEnded({ n8n, workflows }, { vendor, earlier }) {
	return await ended(n8n, workflows[vendor], { before: earlier, count: 1, withinMs: WITHIN_MS });
}

/** How many of the lost executions were reported to the error workflow. */
async function alarmsFor(n8n, alarm, stages) {
	const reported = await Promise.all(
		(await executionsOf(n8n, alarm)).map(async ({ id }) => {
			const { resultData } = await n8n.execution(id);
			return resultData.runData['Failed']?.[0]?.data.main[0][0].json.execution?.id;
		}),
	);
	return stages.filter(({ lost }) => reported.includes(lost)).length;
}

async function callAgain(cluster, stage) {
	const { n8n, workflows } = cluster;
	const before = (await executionsOf(n8n, workflows[stage.vendor])).map(({ id }) => id);
	await call(cluster, stage);
	const [again] = await untilEnded(cluster, { ...stage, earlier: before });
	return await reportOf(n8n, again.id);
}

/** The outcome that the second call has to report for each target. */
function expectedAgain({ targets, half, again }) {
	return new Map(targets.map((id) => [id, hasEnded(half[id]) ? again : 'terminated']));
}
