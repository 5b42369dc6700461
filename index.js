/**
 * n8n finds nodes and credentials through the "n8n" block of package.json. This entry is for code that
 * wants the same classes by name.
 */
module.exports = {
	...require('./dist/nodes/EnosBpm/EnosBpm.node.js'),
	...require('./dist/nodes/Unifier/Unifier.node.js'),
	...require('./dist/nodes/Bitrix24/Bitrix24.node.js'),
	...require('./dist/nodes/EightByEight/EightByEight.node.js'),
	...require('./dist/credentials/EnosBpmApi.credentials.js'),
	...require('./dist/credentials/UnifierApi.credentials.js'),
	...require('./dist/credentials/Bitrix24BizprocWebhookApi.credentials.js'),
	...require('./dist/credentials/Bitrix24BizprocOAuth2Api.credentials.js'),
	...require('./dist/credentials/EightByEightAutomationApi.credentials.js'),
};
