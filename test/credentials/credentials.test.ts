import './Bitrix24BizprocWebhookApi';
import './EightByEightAutomationApi';
import './EnosBpmApi';
import './UnifierApi';
import './certificates';
// Last: it switches to another expression engine, and there is no way back.
import './Bitrix24BizprocOAuth2Api';
