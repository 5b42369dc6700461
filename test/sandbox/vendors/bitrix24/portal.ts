import { Accounts } from './accounts.ts';
import type { User } from './accounts.ts';
import { LeakyBucket, OperatingTime } from './limits.ts';
import { SWITCHES } from './switches.ts';
import type { Switches } from './switches.ts';
import { Workflows } from './workflows.ts';

const noCounters = {
	requests: 0,
	terminates: 0,
	kills: 0,
	starts: 0,
	notFound: 0,
	crashes: 0,
	tasksDeleted: 0,
	instanceLists: 0,
	templateLists: 0,
	taskLists: 0,
	profiles: 0,
	userLists: 0,
	batches: 0,
	batchCommands: 0,
	authRefused: 0,
	rateLimited: 0,
	operatingBlocked: 0,
	authorizations: 0,
	codeExchanges: 0,
	refreshes: 0,
	tokenErrors: 0,
};

/** Everything one emulated portal knows. */
export class Portal {
	switches: Switches = SWITCHES.initial();
	accounts = new Accounts(Date.now());
	workflows = new Workflows();
	bucket = new LeakyBucket();
	operating = new OperatingTime();
	counters = { ...noCounters };

	reset(): void {
		this.switches = SWITCHES.initial();
		this.accounts = new Accounts(Date.now());
		this.workflows = new Workflows();
		this.bucket = new LeakyBucket();
		this.operating = new OperatingTime();
		this.counters = { ...noCounters };
	}

	now(): number {
		return Date.now() + this.switches.clockOffsetMs;
	}

	isAdmin(user: User): boolean {
		return user.admin && user.active && this.switches.deny !== 'notAdmin';
	}

	operatingEnabled(): boolean {
		const { operating, edition } = this.switches;
		return operating === 'on' || (operating === 'auto' && edition === 'cloud');
	}

	operatingLimit(): number {
		return this.switches.operatingLimitSeconds ?? (this.switches.edition === 'cloud' ? 480 : 420);
	}
}
