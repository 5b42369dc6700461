import type { JsonObject } from '../../core/emulator.ts';
import type { Caller } from './auth.ts';
import { checkScope } from './auth.ts';
import { errors } from './errors.ts';
import type { Params } from './input.ts';
import type { MethodAnswer } from './method.ts';
import { findMethod } from './methods.ts';
import type { Portal } from './portal.ts';
import { timeBlock } from './time.ts';
import type { OperatingReading } from './time.ts';

/** A call that went well, with its time block. */
export interface Executed {
	answer: MethodAnswer;
	time: JsonObject;
	operating: OperatingReading;
}

/** The budget of nothing used, for calls that are not counted. */
export function unusedBudget(portal: Portal): OperatingReading {
	return { used: 0, resetAt: portal.operating.resetAt('', portal.now()) };
}

/**
 * Runs one method, alone or inside a batch: existence, scope, operating time, then the method's own
 * checks (page "Limits": the call that crosses the line completes, the next one is blocked).
 */
export function execute(
	portal: Portal,
	caller: Caller,
	name: string,
	params: Params,
	{ startedAt, scopeText }: { startedAt: number; scopeText?: string },
): Executed {
	const method = findMethod(portal, name);
	if (!method) throw errors.methodNotFound();
	checkScope(portal, caller, method.scope, scopeText);
	const key = `${caller.budget} ${name}`;
	const enabled = portal.operatingEnabled();
	if (enabled && portal.operating.used(key, portal.now()) > portal.operatingLimit()) {
		portal.counters.operatingBlocked += 1;
		throw errors.operatingTime();
	}
	const processing = portal.now();
	const answer = method.run(portal, caller.user, params);
	const finish = portal.now();
	if (enabled) portal.operating.record(key, finish, portal.switches.operatingCostSeconds);
	const operating = {
		used: portal.operating.used(key, finish),
		resetAt: portal.operating.resetAt(key, finish),
	};
	const time = timeBlock(portal.switches, { start: startedAt, processing, finish }, operating);
	return { answer, time, operating };
}
