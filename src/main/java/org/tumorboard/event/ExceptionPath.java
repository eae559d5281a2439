package org.tumorboard.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways on which a case leaves its main path, numbered as the pathway numbers them. */
public enum ExceptionPath {
    X_01("Imaging missing or failed"),
    X_02("Prior radiotherapy or pathology missing"),
    X_03("No quorum, or meeting cancelled"),
    X_04("Plan QA or second check failed"),
    X_05("Plan constraint WARN or FAIL"),
    X_06("Unfit or not resectable"),
    X_07("Deterioration"),
    X_08("Deterioration while immobilised"),
    X_09("Gamma Knife down or slot lost"),
    X_09B("Delivery interrupted"),
    X_10("OR slot or ICU bed lost, or slot outside the window"),
    X_11("Window closed without an incision"),
    X_12("Patient not reachable, or no-show"),
    X_13("Consent refused or withdrawn"),
    X_14("Death"),
    X_15("Residual tumour on post-operative MRI"),
    X_16("Surgery aborted"),
    X_17("Specimen problem or non-diagnostic"),
    X_18("Necrosis only"),
    X_19("Recurrence at follow-up"),
    X_20("Merged or wrong patient"),
    X_21("Department silent, or consumer lag"),
    X_22("Board chose another treatment"),
    X_23("Correction or retraction"),

    /** Named by its reference timeline: the pathway gives it no number of its own. */
    A_15("Delivery started against a RED gate");

    private static final String MILESTONE = "path-";

    private final String title;

    ExceptionPath(String title) {
        this.title = title;
    }

    /** As the pathway and the models write it: {@code X-09}, {@code X-09b}. */
    public String code() {
        return name().replace('_', '-').replace('B', 'b');
    }

    public String title() {
        return title;
    }

    /** The milestone that a case earns when it takes this path: {@code path-x-09}. */
    public String milestone() {
        return MILESTONE + code().toLowerCase(Locale.ROOT);
    }

    public static Optional<ExceptionPath> ofCode(String code) {
        return Arrays.stream(values()).filter(path -> path.code().equals(code)).findFirst();
    }

    public static Optional<ExceptionPath> ofMilestone(String milestone) {
        return Arrays.stream(values())
                .filter(path -> path.milestone().equals(milestone))
                .findFirst();
    }

    /** {@code X-09 Gamma Knife down or slot lost}. */
    @Override
    public String toString() {
        return code() + " " + title;
    }
}
