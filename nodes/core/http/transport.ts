import type { ApiRequest, ApiResponse } from './messages';

/** Why no response came. */
export interface TransportFault {
	/** The system's word for it, such as `ECONNRESET`. */
	code?: string;
	/** `false`: the vendor cannot have acted. `true`: it may have. */
	maybeSent: boolean;
	/** Every other request would fail in the same way. */
	stopsRun: boolean;
	/** Why, as the second half of a sentence. */
	reason: string;
	hint: string;
}

/** What came of one request; `cancelled`: it never left. */
export type SendResult =
	| { kind: 'response'; response: ApiResponse }
	| { kind: 'fault'; fault: TransportFault }
	| { kind: 'cancelled' };

/** What came of a request that left. */
export type TransportResult = Exclude<SendResult, { kind: 'cancelled' }>;

/** The way to the vendor. Never rejects: what goes wrong is a fault. */
export interface Transport {
	send(request: ApiRequest): Promise<TransportResult>;
	/** Gets a new session: undefined when it succeeds, a fault when the login was refused. Left out where there are no sessions. */
	renew?(): Promise<TransportFault | undefined>;
}
