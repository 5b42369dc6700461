import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '..', '..');
const FOLDER = join(ROOT, '.github', 'workflows');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

interface Step {
	uses?: string;
	run?: string;
}
interface Workflow {
	on: Record<string, unknown>;
	permissions?: object;
	jobs: Record<string, { steps: Step[]; permissions?: object; 'timeout-minutes'?: number }>;
}

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yml'));
const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
const workflowOf = (file: string): Workflow => parse(textOf(file)) as Workflow;
const stepsOf = (file: string): Step[] => Object.values(workflowOf(file).jobs).flatMap(({ steps }) => steps);

describe.each(files)('the workflow %s', (file) => {
	it('uses actions at a commit that cannot be moved, and says which version that is', () => {
		for (const line of textOf(file).split('\n')) {
			if (/\buses:/.test(line)) expect(line).toMatch(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	it('says what it may, and for how long', () => {
		const { permissions, jobs } = workflowOf(file);
		expect(permissions).toBeDefined();
		for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
	});

	it('runs scripts that there are, and puts nothing of an event into a shell', () => {
		for (const { run = '' } of stepsOf(file)) {
			for (const [, name = ''] of run.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([name]);
			expect(run).not.toContain('${{');
		}
	});

	it('holds no secret', () => {
		expect(textOf(file)).not.toMatch(/secrets\./);
	});
});

describe('publishing', () => {
	it('is signed by GitHub and happens for a tag alone', () => {
		const { on, jobs } = workflowOf('publish.yml');
		expect(Object.keys(on)).toEqual(['push']);
		expect(on['push']).toEqual({ tags: ['v[0-9]+.[0-9]+.[0-9]+'] });
		expect(jobs['publish']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
		const runs = jobs['publish']?.steps.map(({ run }) => run).filter(Boolean);
		expect(runs?.at(-1)).toBe('npm publish --provenance --access public');
		expect(runs).toEqual(expect.arrayContaining(['npm run lint', 'npm run typecheck', 'npm test']));
		expect(scripts['prepublishOnly']).toContain('--publishing');
	});
});

describe('the nightly run', () => {
	it('tries the newest n8n of npm and the newest image, and reports either', () => {
		const { on, jobs } = workflowOf('newest-n8n.yml');
		expect(on).toHaveProperty('schedule');
		const runsOf = (job: string) => jobs[job]?.steps.map(({ run }) => run);
		expect(runsOf('try')).toContain('npm run e2e:versions -- newest');
		expect(runsOf('image')).toContain('npm run e2e:image');
		expect(jobs['report']).toMatchObject({
			needs: ['try', 'image'],
			if: expect.stringContaining('failure()'),
		});
	});
});
