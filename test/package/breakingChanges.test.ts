const MODULE = '../../demo/breakingChanges.mjs';

const EXAMPLES = [{ id: 'one' }, { id: 'two' }];
const planted = { id: 'planted' };
const PLANTED_FOUND = {
	ruleId: 'function-removed-v3',
	ruleTitle: 'Function node removed',
	workflowId: 'planted',
	workflow: 'Planted',
	issues: [],
};
const OF_A_USER = { ...PLANTED_FOUND, workflowId: 'kept', workflow: 'Kept from the last run' };
const SEEN = { findings: [PLANTED_FOUND, OF_A_USER], examples: EXAMPLES, planted, totalWorkflows: 3 };

describe('what n8n’s rules for its next major version say of the examples', () => {
	let problems: (seen: object) => string[];
	beforeAll(async () => {
		({ problems } = (await import(MODULE)) as { problems: typeof problems });
	});

	it('is nothing where they name the planted workflow and no example', () => {
		expect(problems(SEEN)).toEqual([]);
	});

	it('is named with the rule and the node', () => {
		const found = { ...PLANTED_FOUND, workflowId: 'two', workflow: 'Two', issues: ['Node ‘Old’ is removed'] };
		expect(problems({ ...SEEN, findings: [found, PLANTED_FOUND] })).toEqual([
			'Two: Function node removed (function-removed-v3); Node ‘Old’ is removed',
		]);
	});

	it('counts for nothing where the report is empty, or has not looked at all', () => {
		expect(problems({ ...SEEN, findings: [] })).toEqual([expect.stringContaining('proves nothing')]);
		expect(problems({ ...SEEN, totalWorkflows: 2 })).toEqual([
			'n8n looked at 2 workflows, and there are 2 examples',
		]);
	});
});
