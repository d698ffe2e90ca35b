// The browser half of joint drafting. See docs/plan-editor.md.
import { PlanEditor } from './element';

customElements.define('plan-editor', PlanEditor);
