import type { INode, INodeExecutionData, NodeApiError } from 'n8n-workflow';

import type { CredentialHost } from '../../connection/access';
import type { RateLimit } from '../../http/rateLimiter';
import type { ParameterReader } from '../parameters/reader';
import type { ExecutionScope } from './executionTargets';

/** How much a sentence to the user matters. */
export type NotificationType = 'info' | 'warning';

/** What n8n lends an operation, whichever of its two ways it runs the node on. */
export interface OperationHost extends Pick<CredentialHost, 'getCredentials'> {
	node: INode;
	/** Indexes of the input items to run for, in order. */
	items: readonly number[];
	/** Reads the parameters of one input item. */
	readerAt: (item: number) => ParameterReader;
	/**
	 * The way to the vendor, and the limits that the user has set under Request Options.
	 *
	 * @throws ParameterError when one of the Request Options cannot be used
	 */
	openTransport(): Pick<CredentialHost, 'transport'> & { rates: readonly RateLimit[] };
	/** The workflow's time zone. */
	zone: string;
	signal: AbortSignal | undefined;
	/** Equal for all items and all tries of one run of the node; undefined where n8n does not say. */
	runKey: string | undefined;
	/** The node in the execution of n8n; undefined where n8n does not say. */
	execution: ExecutionScope | undefined;
	/** Whether n8n runs the node again after a failure. */
	mayBeRetried: boolean;
	/** Shows the user a whole sentence about what was done or found; a warning where it needs attention. */
	notify(message: string, type: NotificationType): void;
	/** Writes a line into n8n's log. */
	log(message: string): void;
}

/** What became of an operation. */
export interface OperationResult {
	/** The one error of the node in n8n's Stop mode; undefined where it does not fail. */
	error(): Promise<NodeApiError | undefined>;
	/** The output, failures among it, in the order of the input. */
	items(): Promise<INodeExecutionData[]>;
}

/** One operation of a node, for any number of input items. */
export interface Operation {
	/** Never rejects: what goes wrong is part of the result. */
	run(host: OperationHost): Promise<OperationResult>;
}

/** The reader of what does not differ between the items, such as how the vendor is reached. */
export function firstReader({ items, readerAt }: OperationHost): ParameterReader {
	return readerAt(items[0] ?? 0);
}
