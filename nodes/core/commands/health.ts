import { isPage, REQUEST_TIMEOUT, TOO_MANY_REQUESTS } from '../http/messages';
import type { TransportResult } from '../http/transport';
import type { CommandResponse } from './contract';

/** What came of a command shows about the vendor. */
export type Health =
	/** It has read the command, whatever it says about it. */
	| 'answered'
	/** No response came, or that of a server in trouble, or a web page in place of an answer. */
	| 'down'
	/** It is there and turns the command away, whatever it is: too many requests, or the session is over. */
	| 'busy';

/** What a response, and what the contract makes of it, says about the vendor. */
export function healthOf(sent: TransportResult, answer: CommandResponse): Health {
	if (sent.kind === 'fault') return 'down';
	const { status } = sent.response;
	if (status === TOO_MANY_REQUESTS || status === REQUEST_TIMEOUT || isTurnedAway(answer)) return 'busy';
	const isDown = answer.kind === 'verdicts' && answer.isDown === true;
	return isDown || status >= 500 || isPage(sent.response) ? 'down' : 'answered';
}

function isTurnedAway(answer: CommandResponse): boolean {
	if (answer.kind !== 'verdicts') return answer.kind === 'sessionExpired';
	const { throttled, verdicts } = answer;
	return throttled === true || verdicts.every(({ notRun, byState }) => notRun === true && !byState);
}
