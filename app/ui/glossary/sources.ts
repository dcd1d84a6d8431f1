import { imageSources } from './imageSources'
import { arxiv, doi, type Source } from './source'

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
  opitz2019: {
    authors: 'J. Opitz, S. Burst',
    year: 2019,
    title: 'Macro F1 and Macro F1',
    ...arxiv('1911.03347'),
  },
  ...imageSources,
} satisfies Readonly<Record<string, Source>>

export type SourceId = keyof typeof table

export const sources: Readonly<Record<SourceId, Source>> = table
