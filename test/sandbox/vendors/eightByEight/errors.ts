import { randomUUID } from 'node:crypto';

import type { JsonObject } from '../../core/emulator.ts';
import type { Switches } from './switches.ts';
import { hundredths } from './time.ts';

/** An answer with the platform's error body ("API error codes"). */
export class VendorError extends Error {
	readonly status: number;

	readonly code: number;

	constructor(status: number, code: number, message: string) {
		super(message);
		this.status = status;
		this.code = code;
	}
}

/** The wordings. 1000 and 1300 for definitions are documented; the others follow the platform's tables. */
export const refuse = {
	unauthorized: () => new VendorError(401, 1200, 'Unauthorized'),
	forbidden: () => new VendorError(403, 1201, 'Access forbidden'),
	notEnabled: () => new VendorError(404, 1300, "Object wasn't found or is already expired"),
	definitionId: () => new VendorError(400, 1000, 'Invalid definition id.'),
	instanceId: () => new VendorError(400, 1000, 'Invalid workflow instance id.'),
	body: () => new VendorError(400, 1000, 'Request is invalid.'),
	value: (name: string) => new VendorError(400, 1000, `Invalid value of ${name}.`),
	range: (name: string) => new VendorError(400, 1010, `Value of ${name} is out of range.`),
	unknownAccount: (id: string) => new VendorError(404, 1300, `The account ${id} was not found.`),
	unknownDefinition: (id: string, { notFoundText }: Pick<Switches, 'notFoundText'>) =>
		new VendorError(
			404,
			1300,
			notFoundText === 'documented'
				? `Definition ${id} not found.`
				: `A workflow definition with the ID ${id} does not exist.`,
		),
	unknownInstance: (id: string) => new VendorError(404, 1300, `Workflow instance ${id} not found.`),
	internal: () => new VendorError(500, 2000, 'Internal Error'),
};

/** All four fields are required, also for errors that carry nothing else. */
export function errorBody({ code, message }: VendorError, now: number): JsonObject {
	return { code, message, errorId: randomUUID(), timestamp: hundredths(now) };
}
