import {
	BYSTANDERS,
	EXAMPLE_SEEDS,
	FAULTS,
	SYSTEMS,
	TARGETS,
	WEBHOOK_HEADER,
	WEBHOOK_KEY,
} from './scenario.mjs';

const VENDORS = Object.keys(SYSTEMS);

/** Puts the scenario into the sandbox. @param extraFaults additional faults by vendor */
export async function setStage(control, extraFaults) {
	await control.reset();
	for (const { system, id, seed } of [...TARGETS, ...BYSTANDERS]) {
		if (seed) await control.seed(system, 1, { ...EXAMPLE_SEEDS[system], ids: [id], ...seed });
	}
	// The first fault that matches a request is the one that takes effect.
	for (const faults of [extraFaults, FAULTS]) {
		for (const [vendor, list] of Object.entries(faults)) await control.arm(vendor, list);
	}
}

/** All instances in all systems, by vendor and ID. */
export async function takeSnapshot(control) {
	const instances = await Promise.all(VENDORS.map((vendor) => control.instances(vendor)));
	return Object.fromEntries(VENDORS.map((vendor, index) => [vendor, instances[index]]));
}

/** Credentials for n8n's import, with the IDs that the examples refer to. */
export async function credentialsFor(control) {
	const vendors = await control.vendors();
	return [
		...VENDORS.map((vendor) => {
			const { credential } = SYSTEMS[vendor];
			return { ...credential, data: vendors[vendor].credentials[credential.type] };
		}),
		{ ...WEBHOOK_KEY, data: WEBHOOK_HEADER },
	];
}

/** The body of the call to the webhook example. */
export function webhookBody() {
	const idsOf = (vendor) =>
		TARGETS.filter(({ example, system }) => example === 'webhook' && system === vendor).map(({ id }) => id);
	return {
		project: EXAMPLE_SEEDS.unifier.projectNumber,
		...Object.fromEntries(VENDORS.map((vendor) => [vendor, idsOf(vendor)])),
	};
}
