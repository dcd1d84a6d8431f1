import { arxiv, doi, type Source } from './source'

/** Publications about networks on images. */
export const imageSources = {
  zeiler2014: {
    authors: 'M. D. Zeiler, R. Fergus',
    year: 2014,
    title: 'Visualizing and Understanding Convolutional Networks',
    ...arxiv('1311.2901'),
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
