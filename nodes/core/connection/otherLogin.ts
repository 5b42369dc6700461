import { OTHER_LOGIN_MS } from '../http/limits';
import { clock } from '../util/clock';

/**
 * Waits until another process that has logged in can have saved its session in the credential, longer each round (from 1),
 * for a random time that keeps two processes apart.
 */
export async function waitForOtherLogin(round: number): Promise<void> {
	const { least, most } = OTHER_LOGIN_MS;
	await clock.sleep(2 ** (round - 1) * (least + (most - least) * clock.random()));
}
