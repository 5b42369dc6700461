import type { Switches } from './switches.ts';

/** Counts wrong passwords per account and locks the account for a while. */
export class LoginLock {
	private failures = new Map<string, number>();

	private until = new Map<string, number>();

	private readonly now: () => number;

	private readonly switches: () => Switches;

	constructor(now: () => number, switches: () => Switches) {
		this.now = now;
		this.switches = switches;
	}

	reset(): void {
		this.failures.clear();
		this.until.clear();
	}

	isLocked(account: string): boolean {
		return (this.until.get(account) ?? Number.NEGATIVE_INFINITY) > this.now();
	}

	failed(account: string): void {
		const failures = (this.failures.get(account) ?? 0) + 1;
		this.failures.set(account, failures);
		if (failures < this.switches().loginAttempts) return;
		this.until.set(account, this.now() + this.switches().lockMs);
		this.failures.delete(account);
	}

	succeeded(account: string): void {
		this.failures.delete(account);
	}

	locked(): string[] {
		return [...this.until.keys()].filter((account) => this.isLocked(account));
	}
}
