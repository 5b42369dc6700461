import { startSandbox } from './sandbox.ts';
import { VENDORS } from './vendors/index.ts';

const DEFAULT_PORT = 7070;
const TITLE_WIDTH = 22;

const port = Number(process.env['SANDBOX_PORT'] ?? DEFAULT_PORT);

try {
	const sandbox = await startSandbox({ port });
	for (const [title, url] of [
		['Sandbox control API', sandbox.controlUrl],
		...sandbox.listeners.map(({ emulator, baseUrl }) => [emulator.title, baseUrl] as const),
		['Working credentials', `${sandbox.controlUrl}/vendors`],
	] as const) {
		console.log(title.padEnd(TITLE_WIDTH) + url);
	}
	console.log('Ctrl-C ends it.');
	const stop = (): void => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
} catch (error) {
	const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
	console.error(
		taken
			? `The sandbox needs the ports ${port} to ${port + Object.keys(VENDORS).length}, and one of them is in use. Set SANDBOX_PORT to another start.`
			: error,
	);
	process.exit(1);
}
