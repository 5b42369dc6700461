import type { JsonObject } from '../../core/emulator.ts';
import { Company } from './company.ts';
import type { BpRecord } from './company.ts';
import { SWITCHES } from './switches.ts';
import type { Switches } from './switches.ts';
import { Tokens } from './tokens.ts';
import { initialUsers } from './users.ts';
import type { User } from './users.ts';

const COUNTERS = {
	logins: 0,
	refusedLogins: 0,
	seeded: 0,
	terminateRequests: 0,
	terminates: 0,
	lists: 0,
	gets: 0,
	bpLists: 0,
	shellLists: 0,
	unauthorized: 0,
	forbidden: 0,
};

// The first ID of the documented samples, so that their whole row can be reproduced.
const FIRST_AUDIT_ID = 2678;

/** Everything that one emulated tenant holds. */
export class Tenant {
	readonly company = new Company();

	readonly tokens = new Tokens();

	switches: Switches = SWITCHES.initial();

	users: User[] = initialUsers();

	counters = { ...COUNTERS };

	loginsByUser: Record<string, number> = {};

	auditLog: JsonObject[] = [];

	private auditId = FIRST_AUDIT_ID;

	reset(): void {
		this.switches = SWITCHES.initial();
		this.users = initialUsers();
		this.counters = { ...COUNTERS };
		this.loginsByUser = {};
		this.auditLog = [];
		this.auditId = FIRST_AUDIT_ID;
		this.company.reset();
		this.tokens.reset(this.now());
	}

	now(): number {
		return Date.now() + this.switches.clockOffsetMs;
	}

	userNamed(username: string): User | undefined {
		return this.users.find((user) => user.username === username);
	}

	nextAuditId(): number | undefined {
		const auditId = this.auditId;
		this.auditId += 1;
		return this.switches.restAuditId === 'absent' ? undefined : auditId;
	}

	statusOf(record: BpRecord): string {
		if (record.state === 'terminated') return this.switches.terminatedStatus;
		if (record.status !== undefined) return record.status;
		return { running: 'Active', initiation: 'Pending', terminal: 'Closed' }[record.state];
	}
}
