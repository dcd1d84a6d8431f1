/** A publication that a term or a method comes from. */
export interface Source {
  readonly authors: string
  readonly year: number
  readonly title: string
  /** Where it appeared. */
  readonly published: string
  /** The publication's own page; left out where there is no lasting one. */
  readonly link?: string
}

const arxiv = (id: string) => ({ published: `arXiv:${id}`, link: `https://arxiv.org/abs/${id}` })
const doi = (published: string, id: string) => ({ published, link: `https://doi.org/${id}` })

const table = {
  shenk2019: {
    authors: 'J. Shenk, M. L. Richter, A. Arpteg, M. Huss',
    year: 2019,
    title: 'Spectral Analysis of Latent Representations',
    ...arxiv('1907.08589'),
  },
  richter2020: {
    authors: 'M. L. Richter, J. Shenk, W. Byttner, A. Arpteg, M. Huss',
    year: 2020,
    title: 'Feature Space Saturation during Training',
    ...arxiv('2006.08679'),
  },
  richter2021size: {
    authors: 'M. L. Richter, W. Byttner, U. Krumnack, A. Wiedenroth, L. Schallner, J. Shenk',
    year: 2021,
    title: '(Input) Size Matters for CNN Classifiers',
    ...arxiv('2102.01582'),
  },
  richter2021deeper: {
    authors: 'M. L. Richter, J. Schöning, A. Wiedenroth, U. Krumnack',
    year: 2021,
    title: 'Should You Go Deeper? Optimizing Convolutional Neural Network Architectures without Training',
    ...arxiv('2106.12307'),
  },
  alain2016: {
    authors: 'G. Alain, Y. Bengio',
    year: 2016,
    title: 'Understanding intermediate layers using linear classifier probes',
    ...arxiv('1610.01644'),
  },
  roy2007: {
    authors: 'O. Roy, M. Vetterli',
    year: 2007,
    title: 'The effective rank: A measure of effective dimensionality',
    published: 'EUSIPCO, 606–610',
  },
  simpson1949: {
    authors: 'E. H. Simpson',
    year: 1949,
    title: 'Measurement of Diversity',
    ...doi('Nature 163, 688', '10.1038/163688a0'),
  },
  rudelson2007: {
    authors: 'M. Rudelson, R. Vershynin',
    year: 2007,
    title: 'Sampling from large matrices: An approach through geometric functional analysis',
    ...doi('J. ACM 54(4), 21', '10.1145/1255443.1255449'),
  },
  pearson1901: {
    authors: 'K. Pearson',
    year: 1901,
    title: 'On lines and planes of closest fit to systems of points in space',
    ...doi('Philosophical Magazine 2(11), 559–572', '10.1080/14786440109462720'),
  },
  cattell1966: {
    authors: 'R. B. Cattell',
    year: 1966,
    title: 'The Scree Test For The Number Of Factors',
    ...doi('Multivariate Behavioral Research 1(2), 245–276', '10.1207/s15327906mbr0102_10'),
  },
  chan1982: {
    authors: 'T. F. Chan, G. H. Golub, R. J. LeVeque',
    year: 1982,
    title: 'Updating formulae and a pairwise algorithm for computing sample variances',
    ...doi('COMPSTAT, 30–41', '10.1007/978-3-642-51461-6_3'),
  },
  rutishauser1966: {
    authors: 'H. Rutishauser',
    year: 1966,
    title: 'The Jacobi method for real symmetric matrices',
    ...doi('Numerische Mathematik 9, 1–10', '10.1007/BF02165223'),
  },
  bowdler1968: {
    authors: 'H. Bowdler, R. S. Martin, C. Reinsch, J. H. Wilkinson',
    year: 1968,
    title: 'The QR and QL algorithms for symmetric matrices',
    ...doi('Numerische Mathematik 11, 293–306', '10.1007/BF02166688'),
  },
  robbins1951: {
    authors: 'H. Robbins, S. Monro',
    year: 1951,
    title: 'A Stochastic Approximation Method',
    ...doi('Annals of Mathematical Statistics 22(3), 400–407', '10.1214/aoms/1177729586'),
  },
  polyak1964: {
    authors: 'B. T. Polyak',
    year: 1964,
    title: 'Some methods of speeding up the convergence of iteration methods',
    ...doi('USSR Computational Mathematics and Mathematical Physics 4(5), 1–17', '10.1016/0041-5553(64)90137-5'),
  },
  sutskever2013: {
    authors: 'I. Sutskever, J. Martens, G. Dahl, G. Hinton',
    year: 2013,
    title: 'On the importance of initialization and momentum in deep learning',
    published: 'ICML, PMLR 28(3), 1139–1147',
  },
  hinton2006: {
    authors: 'G. E. Hinton, R. R. Salakhutdinov',
    year: 2006,
    title: 'Reducing the Dimensionality of Data with Neural Networks',
    ...doi('Science 313(5786), 504–507', '10.1126/science.1127647'),
  },
  hinton2012: {
    authors: 'T. Tieleman, G. Hinton',
    year: 2012,
    title: 'Lecture 6.5: RMSProp, divide the gradient by a running average of its recent magnitude',
    published: 'COURSERA: Neural Networks for Machine Learning',
  },
  kingma2015: {
    authors: 'D. P. Kingma, J. Ba',
    year: 2015,
    title: 'Adam: A Method for Stochastic Optimization',
    ...arxiv('1412.6980'),
  },
  loshchilov2019: {
    authors: 'I. Loshchilov, F. Hutter',
    year: 2019,
    title: 'Decoupled Weight Decay Regularization',
    ...arxiv('1711.05101'),
  },
  loshchilov2017: {
    authors: 'I. Loshchilov, F. Hutter',
    year: 2017,
    title: 'SGDR: Stochastic Gradient Descent with Warm Restarts',
    ...arxiv('1608.03983'),
  },
  goyal2017: {
    authors: 'P. Goyal and others',
    year: 2017,
    title: 'Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour',
    ...arxiv('1706.02677'),
  },
  krogh1992: {
    authors: 'A. Krogh, J. A. Hertz',
    year: 1992,
    title: 'A Simple Weight Decay Can Improve Generalization',
    published: 'NIPS 4, 950–957',
  },
  tibshirani1996: {
    authors: 'R. Tibshirani',
    year: 1996,
    title: 'Regression Shrinkage and Selection via the Lasso',
    published: 'Journal of the Royal Statistical Society B 58(1), 267–288',
  },
  pascanu2013: {
    authors: 'R. Pascanu, T. Mikolov, Y. Bengio',
    year: 2013,
    title: 'On the difficulty of training recurrent neural networks',
    ...arxiv('1211.5063'),
  },
  szegedy2016: {
    authors: 'C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens, Z. Wojna',
    year: 2016,
    title: 'Rethinking the Inception Architecture for Computer Vision',
    ...arxiv('1512.00567'),
  },
  srivastava2014: {
    authors: 'N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov',
    year: 2014,
    title: 'Dropout: A Simple Way to Prevent Neural Networks from Overfitting',
    published: 'JMLR 15, 1929–1958',
  },
  zhang2017: {
    authors: 'C. Zhang, S. Bengio, M. Hardt, B. Recht, O. Vinyals',
    year: 2017,
    title: 'Understanding deep learning requires rethinking generalization',
    ...arxiv('1611.03530'),
  },
  lu2019: {
    authors: 'L. Lu, Y. Shin, Y. Su, G. E. Karniadakis',
    year: 2019,
    title: 'Dying ReLU and Initialization: Theory and Numerical Examples',
    ...arxiv('1903.06733'),
  },
  lecun1998: {
    authors: 'Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller',
    year: 1998,
    title: 'Efficient BackProp',
    published: 'Neural Networks: Tricks of the Trade, LNCS 1524, 9–50',
  },
  glorot2010: {
    authors: 'X. Glorot, Y. Bengio',
    year: 2010,
    title: 'Understanding the difficulty of training deep feedforward neural networks',
    published: 'AISTATS, PMLR 9, 249–256',
  },
  he2015: {
    authors: 'K. He, X. Zhang, S. Ren, J. Sun',
    year: 2015,
    title: 'Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification',
    ...arxiv('1502.01852'),
  },
  lecun1989: {
    authors: 'Y. LeCun and others',
    year: 1989,
    title: 'Backpropagation Applied to Handwritten Zip Code Recognition',
    ...doi('Neural Computation 1(4), 541–551', '10.1162/neco.1989.1.4.541'),
  },
  simonyan2015: {
    authors: 'K. Simonyan, A. Zisserman',
    year: 2015,
    title: 'Very Deep Convolutional Networks for Large-Scale Image Recognition',
    ...arxiv('1409.1556'),
  },
  dumoulin2016: {
    authors: 'V. Dumoulin, F. Visin',
    year: 2016,
    title: 'A guide to convolution arithmetic for deep learning',
    ...arxiv('1603.07285'),
  },
  yu2016: {
    authors: 'F. Yu, V. Koltun',
    year: 2016,
    title: 'Multi-Scale Context Aggregation by Dilated Convolutions',
    ...arxiv('1511.07122'),
  },
  howard2017: {
    authors: 'A. G. Howard and others',
    year: 2017,
    title: 'MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications',
    ...arxiv('1704.04861'),
  },
  scherer2010: {
    authors: 'D. Scherer, A. Müller, S. Behnke',
    year: 2010,
    title: 'Evaluation of Pooling Operations in Convolutional Architectures for Object Recognition',
    ...doi('ICANN, LNCS 6354, 92–101', '10.1007/978-3-642-15825-4_10'),
  },
  lin2014: {
    authors: 'M. Lin, Q. Chen, S. Yan',
    year: 2014,
    title: 'Network In Network',
    ...arxiv('1312.4400'),
  },
  ioffe2015: {
    authors: 'S. Ioffe, C. Szegedy',
    year: 2015,
    title: 'Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift',
    ...arxiv('1502.03167'),
  },
  ba2016: {
    authors: 'J. L. Ba, J. R. Kiros, G. E. Hinton',
    year: 2016,
    title: 'Layer Normalization',
    ...arxiv('1607.06450'),
  },
  he2016: {
    authors: 'K. He, X. Zhang, S. Ren, J. Sun',
    year: 2016,
    title: 'Deep Residual Learning for Image Recognition',
    ...arxiv('1512.03385'),
  },
  he2016identity: {
    authors: 'K. He, X. Zhang, S. Ren, J. Sun',
    year: 2016,
    title: 'Identity Mappings in Deep Residual Networks',
    ...arxiv('1603.05027'),
  },
  araujo2019: {
    authors: 'A. Araujo, W. Norris, J. Sim',
    year: 2019,
    title: 'Computing Receptive Fields of Convolutional Neural Networks',
    ...doi('Distill 4(11)', '10.23915/distill.00021'),
  },
  kostrikov2021: {
    authors: 'I. Kostrikov, D. Yarats, R. Fergus',
    year: 2021,
    title: 'Image Augmentation Is All You Need: Regularizing Deep Reinforcement Learning from Pixels',
    ...arxiv('2004.13649'),
  },
  odena2016: {
    authors: 'A. Odena, V. Dumoulin, C. Olah',
    year: 2016,
    title: 'Deconvolution and Checkerboard Artifacts',
    ...doi('Distill 1(10)', '10.23915/distill.00003'),
  },
} satisfies Readonly<Record<string, Source>>

export type SourceId = keyof typeof table

export const sources: Readonly<Record<SourceId, Source>> = table
