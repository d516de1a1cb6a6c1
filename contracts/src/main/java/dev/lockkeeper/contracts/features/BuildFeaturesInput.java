package dev.lockkeeper.contracts.features;

import dev.lockkeeper.formats.features.FeatureSetSpecification;
import dev.lockkeeper.formats.features.SplitSpecification;
import dev.lockkeeper.formats.ingestion.DataContract;
import dev.lockkeeper.formats.ingestion.Dataset;
import dev.lockkeeper.formats.run.RunContext;

/**
 * Input of the features stage.
 *
 * @param run the run
 * @param dataset the accepted data set
 * @param contract the contract it was accepted under
 * @param features the feature set
 * @param split which rows are held out
 */
public record BuildFeaturesInput(
    RunContext run,
    Dataset.Accepted dataset,
    DataContract contract,
    FeatureSetSpecification features,
    SplitSpecification split) {}
