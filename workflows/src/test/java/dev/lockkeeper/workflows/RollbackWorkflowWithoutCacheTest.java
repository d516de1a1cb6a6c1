package dev.lockkeeper.workflows;

/** The same with the workflow cache off: each workflow task replays the whole history. */
class RollbackWorkflowWithoutCacheTest extends RollbackWorkflowTest {

  @Override
  WorkflowFixture fixture() {
    return WorkflowFixture.withoutCache();
  }
}
