"""The words that the rules go by: what opens, closes and heads a term."""

from kg.model import EntityType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words("""
    a about above across after again against al all along also although always among amongst an
    and another any are around as at be because become becomes been before behind being below
    besides between beyond both but by can cannot could despite did do does doing done due
    during e.g each eg eight either else enough etc even ever every few first five for former
    four from further furthermore had has have having he hence her here his how however i i.e if
    in indeed instead into is it its itself last latter less like many may me might more
    moreover most mostly much must my nearly neither never next nine no nor not now of off often
    on once one ones only onto or other others otherwise our out over own per rather same second
    seven several shall she should since six so some still such ten than that the their them
    then there thereby therefore these they third this those though three through throughout
    thus to together too toward towards two under unless unlike until up upon us use used uses
    using various very via vs was we well were what when where whereas whether which while who
    whom whose why will with within without would yet you your
""")

EVALUATIVE_WORDS = _words("""
    able accurate actual additional advanced alternative appropriate arbitrary available average
    basic best better broad careful certain challenging cheap classic classical clean clear
    common commonly comparable competitive complementary complete complex comprehensive concrete
    considerable consistent conventional correct corresponding costly critical crucial current
    desired detailed different difficult distinct diverse easy effective efficient empirical
    enhanced entire established excellent existing expensive explicit expressive extensive extra
    extreme fast faster final fine first flexible full fundamental general generic given good
    great greater guaranteed hard harder high high-quality higher higher-quality human-level
    ideal impactful important impressive improved individual inexpensive informative inherent
    initial innovative inspired interesting intuitive key known large-scale larger latest
    leading lightweight limited long-standing low lower main major meaningful modern more
    multiple near-optimal necessary new newly novel numerous open-source optimized original
    overall particular plausible plug-and-play poor popular possible potential powerful
    practical precise previous principled prior prominent promising proper proposed public quick
    rapid real reasonable recent recently relevant reliable remarkable representative resulting
    rich right robust scalable separate serious significant similar simple simpler single small
    smaller so-called solid sophisticated sota special specialized specific stable standard
    state-of-the-art strong stronger substantial successful suitable superior systematic
    tailored theoretical traditional typical underlying unified unifying unique unknown
    unprecedented useful usual valid valuable varied various vast versatile well-established
    well-known wide widespread worst
""")

VERBS = _words("""
    accelerate accelerates achieve achieves adapt adapts add address addresses adopt adopts
    advance affect aid aids aim aims align aligns allow allows analyse analyze analyzes applies
    apply assess assesses assist assume assumes augment augments avoid avoids base based become
    benefit benefits boost boosts bridge bridges bring brings build builds built call called
    calls casts cause causes collect collects combine combines come comes compare compares
    compose comprise comprises compute computes conduct conducts consider considers consist
    consists construct constructs contain contains contribute contributes convert converts
    covers create creates decouple define defines deliver delivers demonstrate demonstrates
    depend depends derive derives describe describes develop develops devise devises differ
    discover discovers discuss discusses drive drives eliminate eliminates employ employs enable
    enables encourage encourages enhance enhances ensure ensures establish establishes evaluate
    evaluates examine examines exceed exceeds exhibit exhibits exist expand expands explore
    explores expose extend extends extract extracts faces facilitate facilitates fail fails find
    finds focus focuses follow follows formulate formulates found fuse fuses gain gains
    generalize generalizes generate generates get give given gives guide guides handle handles
    help helps highlight highlights identifies identify implement implements improve improves
    include includes incorporate incorporates increase increases incur infer infers inspire
    integrate integrates introduce introduces investigate investigates involve involves keep
    keeps know lack lacks lead leads learn learns led let leverage leverages lie lies limit
    limits made maintain maintains make makes maximize maximizes means measures meet meets
    minimize minimizes mitigate mitigates motivate needs obtain obtains occur offer offers
    operate operates optimize optimizes outperform outperforms overcome overcomes perform
    performs plays poses possess predict predicts present presents preserve preserves produce
    produces promote promotes propose proposes prove proves provide provides pursue quantifies
    quantify reach reaches receive recover recovers reduce reduces refine refines relies rely
    remain remains remove removes render replace replaces reports represent represents require
    requires resolve resolves respect retain retains reveal reveals run runs scales see seek
    seeks seem serve serves show shown shows simplify solve solves span spans strengthen
    struggle struggles studies study suffer suffers suggest suggests supports surpass surpasses
    tackle tackles take takes tend tends tested train trains transform transforms treat treats
    understand understands unifies unify unlock update utilize utilizes validate validates
    verifies verify want works yield yields
""")
"""Verbs before a term are no part of it."""

MODIFIERS_IN_ED = _words("""
    augmented automated balanced bounded centralized conditioned connected constrained coupled
    curated decentralized delayed directed discounted distributed embedded embodied factored
    federated finetuned gated generalized grounded guided imbalanced infrared instructed
    interleaved kernelized labeled layered linked masked mixed named nested normalized
    parameterized personalized pretrained quantized randomized reduced regularised regularized
    relaxed restricted rotated shaped shared simulated smoothed stacked structured supervised
    unbalanced undirected unlabeled unsupervised weighted
""")
MODIFIERS_IN_LY = _words("anomaly assembly early family fully weakly")
MODIFIERS_IN_ING = _words("""
    binding boosting bootstrapping captioning clustering coding computing conditioning denoising
    driving embedding engineering ensembling finetuning forecasting forgetting grasping hashing
    imaging indexing learning lensing manufacturing mapping masking matching mining modeling
    modelling monitoring networking parsing planning pooling pretraining pricing processing
    profiling programming prompting pruning ranking reasoning rendering routing sampling
    scheduling screening sensing sequencing shaping smoothing spiking splatting steering
    streaming tagging testing tracking training tuning turing understanding writing
""")

_TASK_HEADS = _words("""
    adaptation alignment answering assessment avoidance bandit bandits bias captioning
    classification completion comprehension compression control correction counting deblurring
    decision-making detection diagnosis disambiguation discovery driving editing enhancement
    estimation exploration extraction forecasting forgetting game games generation grounding
    identification imbalance inpainting labeling localization locomotion making management
    manipulation matching maximization mdps modeling monitoring navigation parsing perception
    planning prediction processing qa question-answering ranking re-identification reasoning
    recognition recommendation reconstruction recovery retrieval scoring segmentation selection
    shift similarity summarization super-resolution synthesis tagging tracking transfer
    translation try-on understanding verification
""")
_METHOD_HEADS = _words("""
    actor-critic aggregation approximation attack attacks attention augmentation autoencoder
    autoencoders autoencoding averaging classifier classifiers cloning clustering cnn cnns
    convolution convolutions decoder decoders decoding decomposition descent detector detectors
    distillation divergence embedding embeddings encoder encoders ensembles estimator estimators
    filtering fine-tuning finetuning flows forest forests fusion gan gans generator gnn gradient
    gradients hashing initialization iteration kernel kernels learning loss losses lstm lstms
    machines mdp mechanism mechanisms memory minimization model models module modules network
    networks normalization optimization planner planners pre-training pretraining primitives
    probing processes programming prompting propagation pruning q-learning quantization
    refinement regression regularization replay rl routing sampler samplers sampling search
    self-attention self-training splatting training transformer transformers transport trees
    trick tuning vae vaes weighting
""")

HEADS: dict[str, EntityType] = {
    **dict.fromkeys(sorted(_TASK_HEADS), EntityType.TASK),
    **dict.fromkeys(sorted(_METHOD_HEADS), EntityType.METHOD),
}
"""The last word of a term, and what such terms mostly are."""

DROPPED_HEADS = _words("""
    algorithm algorithms approach approaches architecture architectures framework frameworks
    method methods paradigm problem problems strategy task tasks technique techniques
""")
"""Words after a term that add nothing to it."""

DATASET_WORDS = _words("""
    benchmark benchmarks challenge corpora corpus database dataset datasets environment
    environments game games gym leaderboard leaderboards simulator simulators suite testbed
    testbeds
""")
"""Words beside a name that make it a dataset."""

NO_NAMES = _words("""
    1d 1st 2d 2nd 3d 3rd 4d 5g 6dof a/b api arxiv auc bleu covid-19 cpu ct cvpr d.c dof ecg eeg
    eg etc f1 fid flop fp16 fp32 fps gb github gp gpu hpc html hz i.e i.i.d iclr icml id ie iid
    imu int8 iot iou iso it json kb kl km lidar mae map map50 mb mri mse neurip ocr ok
    open-source os pac pc psd psnr q r rgb rgb-d rmse roc rouge sota sql ssim tb tpu ui uk url
    us usa vs we xml
""")
"""Names of metrics, hardware, formats and the like, which are no entities."""
