import type { JsonObject } from '../../core/emulator.ts';
import { Instances, statusOf } from './instances.ts';
import { LoginLock } from './loginLock.ts';
import { SWITCHES } from './switches.ts';
import type { Switches } from './switches.ts';
import { Tokens } from './tokens.ts';

const COUNTERS = {
	logins: 0,
	failedLogins: 0,
	sessionSets: 0,
	sessionInfos: 0,
	refreshes: 0,
	logouts: 0,
	tokenGets: 0,
	tokenRefreshes: 0,
	signedCalls: 0,
	unsignedCalls: 0,
	refusedSignatures: 0,
	terminateCalls: 0,
	terminated: 0,
	startCalls: 0,
	started: 0,
	gets: 0,
	queries: 0,
	viewQueries: 0,
};

export type Counter = keyof typeof COUNTERS;

/** Everything that one emulated EnOS environment remembers. */
export class World {
	switches: Switches = SWITCHES.initial();

	readonly instances = new Instances(() => this.now());

	readonly tokens = new Tokens(
		() => this.now(),
		() => this.switches,
	);

	readonly lock = new LoginLock(
		() => this.now(),
		() => this.switches,
	);

	private counters = { ...COUNTERS };

	private used = new Set<string>();

	/** The vendor's clock. */
	now(): number {
		return Date.now() + this.switches.clockOffsetMs;
	}

	reset(): void {
		this.switches = SWITCHES.initial();
		this.counters = { ...COUNTERS };
		this.used = new Set();
		this.instances.reset();
		this.tokens.reset();
		this.lock.reset();
	}

	configure(wanted: JsonObject): void {
		const { expireNow, ...others } = SWITCHES.changed(this.switches, wanted);
		this.switches = { ...others, expireNow: 'none' };
		this.tokens.expireNow(expireNow);
	}

	count(counter: Counter): void {
		this.counters[counter] += 1;
	}

	/** Whether a signature or encryption is seen for the first time. */
	useOnce(digest: string): boolean {
		if (this.used.has(digest)) return false;
		this.used.add(digest);
		return true;
	}

	state(): JsonObject {
		const instances: JsonObject = {};
		for (const instance of this.instances.all()) {
			const status = statusOf(instance);
			instances[instance.id] = { state: status === 'inProgress' ? 'running' : status, ...instance };
		}
		return {
			instances,
			counters: { ...this.counters },
			validTokens: this.tokens.count(),
			lockedAccounts: this.lock.locked(),
		};
	}
}
