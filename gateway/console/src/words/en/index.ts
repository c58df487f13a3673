import account from "./account.json";
import agreements from "./agreements.json";
import billing from "./billing.json";
import common from "./common.json";
import create from "./create.json";
import editor from "./editor.json";
import entrance from "./entrance.json";
import history from "./history.json";
import invitation from "./invitation.json";
import legal from "./legal.json";
import seals from "./seals.json";
import templates from "./templates.json";
import workbench from "./workbench.json";
import workspace from "./workspace.json";

export default {
  account, agreements, billing, common, create, editor, entrance, history, invitation, legal, seals, templates, workbench,
  workspace,
};
